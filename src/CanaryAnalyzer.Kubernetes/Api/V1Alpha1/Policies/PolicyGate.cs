namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Policies;

/// <summary>One pause that is judged at present.</summary>
public sealed class PolicyGate
{
    /// <summary>Name of the Rollout.</summary>
    public required string Rollout { get; set; }

    /// <summary>Name of the AnalysisRun that judges.</summary>
    public string? AnalysisRun { get; set; }

    /// <summary>What the judge says so far, in a sentence.</summary>
    public string? Verdict { get; set; }

    /// <summary>Why it waits for a human; absent while it does not.</summary>
    public string? WaitingReason { get; set; }

    /// <summary>Since when it waits for a human.</summary>
    public DateTimeOffset? WaitingSince { get; set; }
}
