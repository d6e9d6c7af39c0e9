namespace CanaryAnalyzer.LocalCluster.Tests.Kubectl;

/// <summary>The kubectl on the PATH.</summary>
public sealed class MachinesKubectl : IKubectl
{
    public static (string? Path, string Reason) Find() =>
        ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, "kubectl")).FirstOrDefault(File.Exists), "there is no kubectl on the PATH");
}
