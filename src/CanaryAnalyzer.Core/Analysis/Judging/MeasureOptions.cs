using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>How one measure is judged.</summary>
public sealed record MeasureOptions
{
    /// <summary>Its name, unique within the comparison; sentences begin with it.</summary>
    public required string Name { get; init; }

    /// <summary>What it compares.</summary>
    public required MeasureKind Kind { get; init; }

    /// <summary>What is counted and how the sides are told apart, as any text: evidence of another source is not carried on. Empty where that is not known.</summary>
    public string Source { get; init; } = "";

    /// <summary>Its share of the evidence of harm, &gt; 0; the weights of all measures are scaled to sum 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether promotion needs this measure to be shown safe. Harm counts either way.</summary>
    public bool Required { get; init; } = true;

    /// <summary>The harmful line is canary = MarginRatio · stable + MarginAbsolute: a canary on or beyond it must not be promoted.</summary>
    public double MarginRatio { get; init; } = 1.5;

    /// <summary>The harmful line's absolute part, a share of requests.</summary>
    public double MarginAbsolute { get; init; } = 0.001;

    /// <summary>The tolerated line is canary = ToleranceRatio · stable + ToleranceAbsolute: a canary on or below it must not be rolled back.</summary>
    public double ToleranceRatio { get; init; } = 1.0;

    /// <summary>The tolerated line's absolute part, a share of requests; null: a tenth of <see cref="MarginAbsolute"/>.</summary>
    public double? ToleranceAbsolute { get; init; }

    /// <summary>Latency: shares of the stable version's slowest requests whose bounds are watched.</summary>
    public ImmutableArray<double> Tails { get; init; } = [0.10, 0.01, 0.001];

    /// <summary>
    /// Latency: response times in seconds, ascending, above which shares are watched beside those of <see cref="Tails"/>. Each is watched at the smallest bucket bound that isn't
    /// below it; one above all bucket bounds isn't watched, and the report says so.
    /// </summary>
    public ImmutableArray<double> Bounds { get; init; } = [];

    /// <summary>Latency: the unit of the histogram's bounds. Counts have them in seconds, unless it is unknown: then they are numbers that sentences don't take for times.</summary>
    public LatencyUnit Unit { get; init; }

    /// <summary>Latency: the smallest relevant probability that a canary request is slower than a stable one, in (0.5, 1).</summary>
    public double MinEffect { get; init; } = 0.55;

    /// <summary>Limit: the largest accepted share of failed requests, in (0, 1).</summary>
    public double LimitMax { get; init; } = 0.05;

    /// <summary>Series: the part of the stable value by which the canary's may be worse without harm.</summary>
    public double SeriesMargin { get; init; } = 0.05;

    /// <summary>Series: whether lower values are the worse ones.</summary>
    public bool LowerIsWorse { get; init; }

    /// <summary>How long after the start this measure is left out; an interval counts if it began at or after that. By default 60 s for latency, 0 for errors.</summary>
    public TimeSpan? Warmup { get; init; }

    /// <summary>The warm-up in force.</summary>
    public TimeSpan EffectiveWarmup => Warmup ?? (Kind == MeasureKind.Latency ? TimeSpan.FromSeconds(60) : TimeSpan.Zero);

    /// <summary>Whether promotion needs it shown safe: never a series, about which nothing can be shown.</summary>
    public bool EffectiveRequired => Required && Kind != MeasureKind.Series;

    /// <summary>The tolerated line's absolute part in force.</summary>
    public double EffectiveToleranceAbsolute => ToleranceAbsolute ?? (MarginAbsolute / 10);
}
