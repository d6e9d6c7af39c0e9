using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Injections;

/// <summary>Harm that is put into the counts of a canary that had none; a closed set.</summary>
public abstract record Injection
{
    private Injection()
    {
    }

    /// <summary>Its name, such as <c>errors ×2</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What kind of measure it changes.</summary>
    public abstract MeasureKind Kind { get; }

    /// <summary>The effects that every backtest tries.</summary>
    public static ImmutableArray<Injection> All { get; } =
    [
        new Errors(1.5, 0), new Errors(2, 0), new Errors(3, 0), new Errors(5, 0), new Errors(10, 0), new Errors(1, 0.01),
        new Slower(1.1), new Slower(1.2), new Slower(1.5), new Slower(2), new SlowTail(0.01, 4),
    ];

    /// <summary>The counts with the harm in the canary's.</summary>
    /// <param name="counts">An interval's counts.</param>
    /// <param name="draws">Where chance comes from.</param>
    public abstract MeasureCounts Apply(MeasureCounts counts, Draws draws);

    /// <summary>More failed requests.</summary>
    /// <param name="Times">How many times as many, by the share of both sides within the interval; at least 1.</param>
    /// <param name="More">A share of requests that fail beside those.</param>
    public sealed record Errors(double Times, double More) : Injection
    {
        /// <inheritdoc/>
        public override string Name => More > 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"errors +{100 * More:0.##} %") : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"errors ×{Times:0.##}");

        /// <inheritdoc/>
        public override MeasureKind Kind => MeasureKind.ErrorRate;

        /// <inheritdoc/>
        public override MeasureCounts Apply(MeasureCounts counts, Draws draws)
        {
            var (requests, errors) = (counts.Canary.Requests, counts.Canary.Errors);
            var all = requests + counts.StableA.Requests + counts.StableB.Requests;
            var rate = all > 0 ? (double)(errors + counts.StableA.Errors + counts.StableB.Errors) / all : 0;
            var chance = rate < 1 ? (((Times - 1) * rate) + More) / (1 - rate) : 0;
            return counts with { Canary = SideCounts.OfErrors(requests, errors + draws.Binomial(requests - errors, chance)) };
        }
    }

    /// <summary>Every request takes longer.</summary>
    /// <param name="Times">How many times as long; at least 1.</param>
    public sealed record Slower(double Times) : Injection
    {
        /// <inheritdoc/>
        public override string Name => Times < 2 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"latency +{100 * (Times - 1):0} %") : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"latency ×{Times:0.##}");

        /// <inheritdoc/>
        public override MeasureKind Kind => MeasureKind.Latency;

        /// <inheritdoc/>
        public override MeasureCounts Apply(MeasureCounts counts, Draws draws) =>
            counts with { Canary = SideCounts.OfBuckets(BucketShift.Stretch(counts.Canary.Buckets, counts.BucketBounds, Times, draws)) };
    }

    /// <summary>A part of the requests hangs.</summary>
    /// <param name="Share">The part, in (0, 1).</param>
    /// <param name="Times">How long they take, in multiples of the 99th percentile of both sides within the interval.</param>
    public sealed record SlowTail(double Share, double Times) : Injection
    {
        /// <inheritdoc/>
        public override string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 * Share:0.##} % take {Times:0.##}·p99");

        /// <inheritdoc/>
        public override MeasureKind Kind => MeasureKind.Latency;

        /// <inheritdoc/>
        public override MeasureCounts Apply(MeasureCounts counts, Draws draws) =>
            counts with { Canary = SideCounts.OfBuckets(BucketShift.Hang(counts, Share, Times, draws)) };
    }
}
