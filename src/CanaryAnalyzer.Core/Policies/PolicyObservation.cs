using System.Collections.Immutable;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Policies;

/// <summary>A PromotionPolicy that selects a Rollout.</summary>
public sealed record PolicyObservation
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it asks for; null where it could not be read.</summary>
    public PromotionPolicySpec? Spec { get; init; }

    /// <summary>What is wrong with it, its templates or its arguments.</summary>
    public ImmutableArray<SpecError> Errors { get; init; } = [];

    /// <summary>Changes whenever the policy's spec, in any of its fields, or one of its templates changes: then the gate starts anew.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The longest that one of its comparisons may go undecided; null without a comparison.</summary>
    public TimeSpan? ComparisonMaxDuration { get; init; }

    /// <summary>The earliest that all of its comparisons may promote, from their start.</summary>
    public TimeSpan? ComparisonMinDuration { get; init; }

    /// <summary>The longest distance between two looks of its comparisons.</summary>
    public TimeSpan? ComparisonInterval { get; init; }

    /// <summary>Whether one of its comparisons counts, and so can look on for harm between the pauses.</summary>
    public bool Watches { get; init; }

    /// <summary>Whether one of its comparisons promotes at the end of every pause only.</summary>
    public bool PromotesAtEnd { get; init; }

    /// <summary>Whether one of its comparisons does not say when it promotes, and so waits for the end of the release's last pause.</summary>
    public bool PromotesByDefault { get; init; }
}
