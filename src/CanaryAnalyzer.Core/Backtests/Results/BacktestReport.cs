using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>Everything that a backtest found out.</summary>
public sealed record BacktestReport
{
    /// <summary>The schema that this is written in as JSON; fields are only ever added to it.</summary>
    public const string Schema = "canary-backtest/1";

    /// <summary>The metric's name.</summary>
    public required string Metric { get; init; }

    /// <summary>The series that were read, without their range.</summary>
    public required ImmutableArray<string> Selectors { get; init; }

    /// <summary>Beginning of the range that was asked for.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>When the first counted interval ended; null where there is none.</summary>
    public DateTimeOffset? FirstCounted { get; init; }

    /// <summary>When the last counted interval ended.</summary>
    public DateTimeOffset? LastCounted { get; init; }

    /// <summary>Distance of the samples.</summary>
    public required TimeSpan ScrapeInterval { get; init; }

    /// <summary>The seed that every chance was drawn from.</summary>
    public required long Seed { get; init; }

    /// <summary>The canary's share of the traffic in canary-sized splits.</summary>
    public required double CanaryShare { get; init; }

    /// <summary>How it was judged.</summary>
    public required JudgeOptions Options { get; init; }

    /// <summary>The measures.</summary>
    public required ImmutableArray<MeasureFigures> Measures { get; init; }

    /// <summary>What is missing in the history.</summary>
    public required Gaps Gaps { get; init; }

    /// <summary>Requests of all pods a look.</summary>
    public Spread? RequestsALook { get; init; }

    /// <summary>All replays without harm; null where there could be none.</summary>
    public AaSummary? Aa { get; init; }

    /// <summary>Why there could be no replays without harm, for people; empty where there are some.</summary>
    public string NoAa { get; init; } = "";

    /// <summary>Those of one half against the other.</summary>
    public AaSummary? AaHalves { get; init; }

    /// <summary>Those of a canary's size.</summary>
    public AaSummary? AaCanarySized { get; init; }

    /// <summary>How the evidence ran without harm.</summary>
    public EvidenceFan? Evidence { get; init; }

    /// <summary>Replays with harm.</summary>
    public ImmutableArray<PowerResult> Power { get; init; } = [];

    /// <summary>Other maximal durations.</summary>
    public ImmutableArray<DurationTrial> Durations { get; init; } = [];

    /// <summary>Past releases, oldest first.</summary>
    public ImmutableArray<ReleaseResult> Releases { get; init; } = [];

    /// <summary>The warm-up of each latency measure for which pods were seen to start.</summary>
    public ImmutableArray<WarmupResult> Warmups { get; init; } = [];

    /// <summary>The history in at most some hundred points.</summary>
    public ImmutableArray<TimelinePoint> Timeline { get; init; } = [];

    /// <summary>What to change.</summary>
    public ImmutableArray<Recommendation> Recommendations { get; init; } = [];

    /// <summary>What else people should know.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Whether the actual false alarms' interval lies above the stated risk.</summary>
    public bool IsAboveRisk => Aa?.IsAbove(Options.FalseRollback) ?? false;
}
