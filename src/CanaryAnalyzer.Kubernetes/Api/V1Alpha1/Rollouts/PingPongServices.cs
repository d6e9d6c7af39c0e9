namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Two permanent Services that swap their roles at each release.</summary>
public sealed class PingPongServices
{
    /// <summary>Name of the one Service.</summary>
    public required string PingService { get; set; }

    /// <summary>Name of the other Service.</summary>
    public required string PongService { get; set; }
}
