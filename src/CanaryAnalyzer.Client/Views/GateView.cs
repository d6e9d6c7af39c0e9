using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>The gate that a Rollout is at.</summary>
public sealed record GateView
{
    /// <summary>The PromotionPolicy that decides; null where none can.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether the policy only observes.</summary>
    public bool Observes { get; init; }

    /// <summary>The number of looks so far.</summary>
    public int Look { get; init; }

    /// <summary>The evidence of harm so far; null before any.</summary>
    public double? Evidence { get; init; }

    /// <summary>The evidence at which the canary is rolled back; null where none is counted.</summary>
    public double? Threshold { get; init; }

    /// <summary>The earliest instant at which the policy may promote; null where unknown.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>The instant at which an undecided pause is handed to the policy's <c>onInconclusive</c>; null where there is none.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Why it waits for a user; empty while it does not.</summary>
    public required string WaitingReason { get; init; }

    /// <summary>Since when it waits for a user; null while it does not.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The verdict's sentence so far; empty without one.</summary>
    public required string Verdict { get; init; }

    /// <summary>The gate of a Rollout; null where it is at none.</summary>
    public static GateView? Of(JsonObject rollout) => rollout.At("status", "canaryAnalyzer") is not JsonObject gate ? null : new GateView
    {
        Policy = gate.Text("policy") is { Length: > 0 } policy ? policy : null,
        Observes = gate.Flag("observes"),
        Look = gate.Whole("look") ?? 0,
        Evidence = gate.Real("evidence"),
        Threshold = gate.Real("threshold"),
        Earliest = gate.Instant("earliest"),
        Deadline = gate.Instant("deadline"),
        WaitingReason = gate.Text("waitingReason") ?? "",
        WaitingSince = gate.Instant("waitingSince"),
        Verdict = gate.Text("verdict") ?? "",
    };
}
