namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>State of an AWS load balancer.</summary>
public sealed class AlbStatus
{
    /// <summary>The load balancer.</summary>
    public AwsResource? LoadBalancer { get; set; }

    /// <summary>The new version's target group.</summary>
    public AwsResource? CanaryTargetGroup { get; set; }

    /// <summary>The stable version's target group.</summary>
    public AwsResource? StableTargetGroup { get; set; }

    /// <summary>The Ingress that it belongs to.</summary>
    public string? Ingress { get; set; }
}
