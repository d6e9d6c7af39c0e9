namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Whether a client stays with a version.</summary>
public sealed class AlbStickiness
{
    /// <summary>Whether it does.</summary>
    public required bool Enabled { get; set; }

    /// <summary>For how many seconds.</summary>
    public required long DurationSeconds { get; set; }
}
