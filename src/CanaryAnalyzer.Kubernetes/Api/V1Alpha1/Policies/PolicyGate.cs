namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Policies;

/// <summary>One gate that waits for a human.</summary>
public sealed class PolicyGate
{
    /// <summary>Name of the Rollout.</summary>
    public required string Rollout { get; set; }

    /// <summary>Name of the AnalysisRun that judges.</summary>
    public string? AnalysisRun { get; set; }

    /// <summary>Why it waits for a human.</summary>
    public string? WaitingReason { get; set; }

    /// <summary>Since when it waits for a human.</summary>
    public DateTimeOffset? WaitingSince { get; set; }
}
