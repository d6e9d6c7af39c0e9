namespace CanaryAnalyzer.Benchmarks.Clusters;

/// <summary>On which cluster to measure.</summary>
/// <param name="Kubeconfig">One that is up; null to start one.</param>
/// <param name="Audit">The audit log of the one that is up, at level Metadata; null where requests can't be counted.</param>
/// <param name="Port">The port of one that is started.</param>
internal sealed record BenchCluster(string? Kubeconfig, string? Audit, int Port);
