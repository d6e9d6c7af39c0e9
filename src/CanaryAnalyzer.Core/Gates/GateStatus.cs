namespace CanaryAnalyzer.Core.Gates;

/// <summary>What a judged pause waits for, as <c>status.canaryAnalyzer</c> shows it.</summary>
public sealed record GateStatus
{
    /// <summary>The PromotionPolicy that judges; empty where none can act.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Whether the policy only observes.</summary>
    public bool Observes { get; init; }

    /// <summary>The number of looks so far.</summary>
    public int Look { get; init; }

    /// <summary>The evidence of harm so far, as a multiple of what chance would give.</summary>
    public double? Evidence { get; init; }

    /// <summary>The evidence at which the canary is rolled back.</summary>
    public double? Threshold { get; init; }

    /// <summary>The earliest instant at which the policy may promote.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>The instant at which an undecided pause is handed to the policy's <c>onInconclusive</c>.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Why a person is waited for; empty while none is.</summary>
    public string WaitingReason { get; init; } = "";

    /// <summary>Since when a person is waited for.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The verdict's sentence, so far.</summary>
    public string Verdict { get; init; } = "";
}
