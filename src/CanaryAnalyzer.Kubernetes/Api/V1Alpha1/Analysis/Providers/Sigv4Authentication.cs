namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Authentication by AWS signature.</summary>
public sealed class Sigv4Authentication
{
    /// <summary>AWS region.</summary>
    public string? Region { get; set; }

    /// <summary>AWS profile.</summary>
    public string? Profile { get; set; }

    /// <summary>Role to assume.</summary>
    public string? RoleArn { get; set; }
}
