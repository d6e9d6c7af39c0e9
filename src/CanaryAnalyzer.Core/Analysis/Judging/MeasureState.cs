using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What one measure has gathered. All counts are histograms over the same buckets; errors have two, answered and failed.</summary>
internal sealed record MeasureState
{
    /// <summary>Fingerprint of the settings under which it was gathered.</summary>
    public required ulong Settings { get; init; }

    /// <summary>Looks so far, with data or without.</summary>
    public int Looks { get; init; }

    /// <summary>Requests of the canary since the first look of the run, warm-up included.</summary>
    public long CanaryRequests { get; init; }

    /// <summary>Whether the history showed how the two halves of the stable side differ.</summary>
    public bool HasHistoryOfHalves { get; init; }

    /// <summary>Bounds of the buckets in seconds, without +Inf; empty for errors, and while they are unknown.</summary>
    public ImmutableArray<double> Bounds { get; init; } = [];

    /// <summary>What stable did before the first interval that counts: its history, or without one its warm-up. Empty while unknown.</summary>
    public ImmutableArray<long> Baseline { get; init; } = [];

    /// <summary>What stable did so far, baseline included.</summary>
    public ImmutableArray<long> PastStable { get; init; } = [];

    /// <summary>The canary's counts in the intervals that count.</summary>
    public ImmutableArray<long> Canary { get; init; } = [];

    /// <summary>Stable's counts in the intervals that count.</summary>
    public ImmutableArray<long> Stable { get; init; } = [];

    /// <summary>Intervals of the warm-up that wait for the baseline, so that their noise can be measured.</summary>
    public ImmutableArray<BucketPair> Pending { get; init; } = [];

    /// <summary>The shares that are watched, in the order of the plan.</summary>
    public ImmutableArray<RateState> Rates { get; init; } = [];

    /// <summary>The body of a latency distribution.</summary>
    public BodyState Body { get; init; } = BodyState.Start;

    /// <summary>Dispersion that is assumed before any is measured.</summary>
    public double PriorDispersion => HasHistoryOfHalves ? SeqSettings.PriorDispersion : SeqSettings.PriorDispersionWithoutHistory;
}
