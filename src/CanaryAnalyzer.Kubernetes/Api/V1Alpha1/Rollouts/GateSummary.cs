namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>What a judged pause waits for.</summary>
public sealed class GateSummary
{
    /// <summary>Name of the PromotionPolicy that judges.</summary>
    public string? Policy { get; set; }

    /// <summary>Whether the policy only says what it would do.</summary>
    public bool? Observes { get; set; }

    /// <summary>Number of looks so far.</summary>
    public int? Look { get; set; }

    /// <summary>Evidence of harm so far.</summary>
    public double? Evidence { get; set; }

    /// <summary>Evidence at which the canary is rolled back.</summary>
    public double? Threshold { get; set; }

    /// <summary>Earliest instant of a promotion.</summary>
    public DateTimeOffset? Earliest { get; set; }

    /// <summary>Instant at which an undecided pause is handed to the policy's onInconclusive.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>Why a human is waited for; absent while none is.</summary>
    public string? WaitingReason { get; set; }

    /// <summary>Since when a human is waited for.</summary>
    public DateTimeOffset? WaitingSince { get; set; }

    /// <summary>The verdict in a sentence.</summary>
    public string? Verdict { get; set; }
}
