namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Names an AWS resource.</summary>
public sealed class AwsResource
{
    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>Its ARN.</summary>
    public required string Arn { get; set; }

    /// <summary>Name with its type and number.</summary>
    public string? FullName { get; set; }
}
