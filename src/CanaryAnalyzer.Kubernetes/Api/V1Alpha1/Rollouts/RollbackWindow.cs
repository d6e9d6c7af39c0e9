namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>How far back a return to an earlier revision is a fast one.</summary>
public sealed class RollbackWindow
{
    /// <summary>Number of revisions.</summary>
    public int? Revisions { get; set; }
}
