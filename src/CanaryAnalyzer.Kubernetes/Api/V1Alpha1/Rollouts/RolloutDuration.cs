namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>How long a release takes.</summary>
public sealed class RolloutDuration
{
    /// <summary>When it began.</summary>
    public DateTimeOffset? RolloutStartedAt { get; set; }

    /// <summary>When the present wait for a human began.</summary>
    public DateTimeOffset? ManualPauseStartedAt { get; set; }

    /// <summary>Seconds spent waiting for humans.</summary>
    public long? TotalManualPauseDurationSeconds { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Promoted, FastPromoted, Aborted, Superseded, RolledBack or FastRolledBack.</summary>
    public string? CompletionStatus { get; set; }
}
