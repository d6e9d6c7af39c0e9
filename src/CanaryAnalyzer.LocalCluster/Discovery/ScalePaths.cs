namespace CanaryAnalyzer.LocalCluster.Discovery;

/// <summary>Where an object keeps what its scale subresource shows.</summary>
internal sealed record ScalePaths(string[] SpecReplicas, string[] StatusReplicas, string[] Selector)
{
    public static readonly ScalePaths Workload = new(["spec", "replicas"], ["status", "replicas"], ["spec", "selector"]);
}
