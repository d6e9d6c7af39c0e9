using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>One thing that a comparison looks at; a closed set.</summary>
public abstract record MeasureSpec
{
    private MeasureSpec()
    {
    }

    /// <summary>Name, unique within the comparison.</summary>
    public required string Name { get; init; }

    /// <summary>Its part of the evidence; the parts of all measures sum to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>Whether promotion needs it shown safe.</summary>
    public required bool Required { get; init; }

    /// <summary>How long after the start of the measurement it is left out.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>Labels by whose values the counts are kept apart, such as <c>route</c>; empty keeps them together. For errorRate and latency.</summary>
    public ImmutableArray<string> By { get; init; } = [];

    /// <summary>Share of requests that fail, from two counters.</summary>
    public sealed record ErrorRate : MeasureSpec
    {
        /// <summary>Counter of all requests.</summary>
        public required SeriesSelector Requests { get; init; }

        /// <summary>Counter of those that failed, a part of <see cref="Requests"/>.</summary>
        public required SeriesSelector Errors { get; init; }

        /// <summary>The harmful line: at or beyond it the canary must not be promoted.</summary>
        public required RateLine Margin { get; init; }

        /// <summary>The tolerated line: up to it the canary must not be rolled back.</summary>
        public required RateLine Tolerance { get; init; }
    }

    /// <summary>How long requests take, from a histogram.</summary>
    public sealed record Latency : MeasureSpec
    {
        /// <summary>The histogram by its base name (without <c>_bucket</c>).</summary>
        public required SeriesSelector Histogram { get; init; }

        /// <summary>The unit of the histogram's bounds: the one that is written, else the one that its name ends with.</summary>
        public required LatencyUnit Unit { get; init; }

        /// <summary>The harmful line of the shares above the watched bounds.</summary>
        public required RateLine Margin { get; init; }

        /// <summary>The tolerated line of the shares above the watched bounds.</summary>
        public required RateLine Tolerance { get; init; }

        /// <summary>Shares of the slowest requests that are watched by themselves, descending.</summary>
        public required ImmutableArray<double> Tails { get; init; }

        /// <summary>Response times in seconds above which shares are watched by themselves, ascending; where there are any, tails only if they were written too.</summary>
        public required ImmutableArray<double> Bounds { get; init; }

        /// <summary>The smallest probability above 0.5 that counts as an effect: that a canary's request is slower than a stable one's.</summary>
        public required double MinEffect { get; init; }
    }

    /// <summary>The values of a query, a value a pod.</summary>
    public sealed record Series : MeasureSpec
    {
        /// <summary>The query; the sides' matchers are put into each of its selectors.</summary>
        public required string Query { get; init; }

        /// <summary>Which direction is worse.</summary>
        public required WorseDirection Worse { get; init; }

        /// <summary>The part of the stable value by which the canary's may be worse without harm.</summary>
        public required double Margin { get; init; }
    }

    /// <summary>The canary's share of failed requests against a fixed limit.</summary>
    public sealed record Limit : MeasureSpec
    {
        /// <summary>Counter of all requests.</summary>
        public required SeriesSelector Requests { get; init; }

        /// <summary>Counter of those that failed.</summary>
        public required SeriesSelector Errors { get; init; }

        /// <summary>The largest accepted share, in (0, 1).</summary>
        public required double Max { get; init; }
    }

    /// <summary>The canary's share of all requests against the weight that the route gives it.</summary>
    public sealed record Traffic : MeasureSpec
    {
        /// <summary>Counter of all requests.</summary>
        public required SeriesSelector Requests { get; init; }

        /// <summary>The share that the canary should get, in (0, 1); null: the weight at the pause (argument <c>canary-weight</c>).</summary>
        public double? Share { get; init; }
    }
}
