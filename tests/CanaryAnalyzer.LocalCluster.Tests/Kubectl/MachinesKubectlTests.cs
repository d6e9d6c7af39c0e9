namespace CanaryAnalyzer.LocalCluster.Tests.Kubectl;

/// <summary>With the machine's kubectl.</summary>
public sealed class MachinesKubectlTests(KubectlFixture<MachinesKubectl> fixture) : KubectlTests<MachinesKubectl>(fixture);
