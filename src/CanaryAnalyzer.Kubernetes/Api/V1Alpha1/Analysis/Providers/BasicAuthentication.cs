namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Authentication by user name and password.</summary>
public sealed class BasicAuthentication
{
    /// <summary>User name.</summary>
    public string? Username { get; set; }

    /// <summary>Password.</summary>
    public string? Password { get; set; }
}
