namespace CanaryAnalyzer.LocalCluster.Tests.Kubectl;

/// <summary>With Debian's kubectl.</summary>
public sealed class DebiansKubectlTests(KubectlFixture<DebiansKubectl> fixture) : KubectlTests<DebiansKubectl>(fixture);
