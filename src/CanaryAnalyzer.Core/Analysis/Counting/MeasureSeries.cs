using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>The raw series of one measure on both sides, for one look; a closed set.</summary>
public abstract class MeasureSeries
{
    private MeasureSeries(SeriesTable canary, SeriesTable stable)
    {
        Canary = canary;
        Stable = stable;
    }

    /// <summary>The canary's series that show whether it has samples: requests, or buckets.</summary>
    public SeriesTable Canary { get; }

    /// <summary>The stable side's.</summary>
    public SeriesTable Stable { get; }

    /// <summary>What is worth knowing about the series, though they can be counted, for people; empty where nothing is.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Whether a look counts only where the stable side has samples too.</summary>
    internal virtual bool NeedsStable => true;

    /// <summary>The distance of the samples in milliseconds, the larger of the two sides'; null where it can't be seen.</summary>
    public virtual long? ScrapeInterval() =>
        (Canary.MedianDistance(), Stable.MedianDistance()) switch
        {
            (long canary, long stable) => Math.Max(canary, stable),
            var (canary, stable) => canary ?? stable,
        };

    internal abstract Counted Count(CountingWindow window);

    /// <summary>Why counts of these series would not say what the measure asks for, for people; null where they do.</summary>
    /// <param name="after">Targets without a sample after this time are no matter.</param>
    internal virtual string? Unseen(long after) => null;

    private static Counted Both(SideSums canary, SideSums stable, ImmutableArray<string> by)
    {
        if (canary.Flaw != CountingFlaw.None) return Counted.Refused(canary.Flaw, "canary: " + canary.Detail);
        if (stable.Flaw != CountingFlaw.None) return Counted.Refused(stable.Flaw, "stable: " + stable.Detail);
        var targets = canary.Targets.Select(one => new TargetCounts(true, one.Target, one.Requests, one.Errors))
            .Concat(stable.Targets.Select(one => new TargetCounts(false, one.Target, one.Requests, one.Errors)));
        var remarks = new[] { ("canary", canary.Remark), ("stable", stable.Remark) }.Where(side => side.Item2.Length > 0).Select(side => $"{side.Item1}: {side.Item2}");
        return Counted.Of(Strata.Counts(canary, stable, by, [])) with { Targets = [.. targets], Remark = string.Join("; ", remarks) };
    }

    /// <summary>Counters of requests and errors.</summary>
    public sealed class Errors(SeriesTable canaryRequests, SeriesTable canaryErrors, SeriesTable stableRequests, SeriesTable stableErrors)
        : MeasureSeries(canaryRequests, stableRequests)
    {
        /// <summary>Labels by whose values the counts are kept apart.</summary>
        public ImmutableArray<string> By { get; init; } = [];

        /// <summary>Labels that the errors' selector needs and that requests must have, too, for their failures to be seen; empty where the two are different metrics.</summary>
        public ImmutableHashSet<string> Needed { get; init; } = [];

        /// <summary>Labels that tell the sides apart: that one side alone has such a label means nothing.</summary>
        public ImmutableHashSet<string> Apart { get; init; } = [];

        /// <summary>Why the errors can't be seen, as far as that is known otherwise; null where they can.</summary>
        public string? Hidden { get; init; }

        internal override string? Unseen(long after)
        {
            if (Hidden is not null) return Hidden;
            var needed = Needed.Except(MissingLabels.Optional(Canary, Needed)).Except(MissingLabels.Optional(Stable, Needed));
            if (ReferenceEquals(Canary, Stable)) return MissingLabels.OfErrors(null, Canary, canaryErrors, needed, after);

            // A stable side whose failures go unseen makes the canary look worse, never better: a canary that fails whole must not pass for one that can't be judged.
            var ofStable = needed.Except(MissingLabels.OfFailures(Canary, canaryErrors, needed));
            return MissingLabels.OfErrors("canary", Canary, canaryErrors, needed, after)
                ?? MissingLabels.OfErrors("stable", Stable, stableErrors, ofStable, after)
                ?? RenamedLabels.Of("canary", Canary, "stable", Stable, stableErrors, Needed, Apart, after)
                ?? RenamedLabels.Of("stable", Stable, "canary", Canary, canaryErrors, ofStable, Apart, after)
                ?? MissingLabels.OfStrata(Canary, Stable, By);
        }

        internal override Counted Count(CountingWindow window) =>
            ErrorCounting.Count(Canary, canaryErrors, window, By) is var canary && ReferenceEquals(Canary, Stable) && ReferenceEquals(canaryErrors, stableErrors)
                ? Both(canary, canary, By)
                : Both(canary, ErrorCounting.Count(Stable, stableErrors, window, By), By);
    }

    /// <summary>Bucket counters of a histogram.</summary>
    public sealed class Buckets(SeriesTable canary, SeriesTable stable) : MeasureSeries(canary, stable)
    {
        /// <summary>Labels by whose values the counts are kept apart.</summary>
        public ImmutableArray<string> By { get; init; } = [];

        /// <summary>The unit in which the bounds are written; counts have them in seconds, where it is known.</summary>
        public LatencyUnit Unit { get; init; }

        internal override string? Unseen(long after) => MissingLabels.OfStrata(Canary, Stable, By);

        internal override Counted Count(CountingWindow window) => BucketCounting.Count(Canary, Stable, window, By, Unit);
    }

    /// <summary>The canary's counters of requests and errors alone.</summary>
    public sealed class Limit(SeriesTable requests, SeriesTable errors) : MeasureSeries(requests, SeriesTable.Empty)
    {
        /// <inheritdoc cref="Errors.Needed"/>
        public ImmutableHashSet<string> Needed { get; init; } = [];

        /// <inheritdoc cref="Errors.Hidden"/>
        public string? Hidden { get; init; }

        internal override bool NeedsStable => false;

        internal override string? Unseen(long after) => Hidden ?? MissingLabels.OfErrors("canary", Canary, errors, Needed.Except(MissingLabels.Optional(Canary, Needed)), after);

        internal override Counted Count(CountingWindow window) =>
            Both(ErrorCounting.Count(Canary, errors, window, []), new SideSums([]), []);
    }

    /// <summary>Both sides' counters of requests.</summary>
    /// <param name="canary">The canary's.</param>
    /// <param name="stable">The stable side's.</param>
    /// <param name="expectedShare">The share that the canary should get; null where it isn't known.</param>
    public sealed class Traffic(SeriesTable canary, SeriesTable stable, double? expectedShare) : MeasureSeries(canary, stable)
    {
        internal override Counted Count(CountingWindow window)
        {
            var counted = Both(ErrorCounting.Count(Canary, SeriesTable.Empty, window, []), ErrorCounting.Count(Stable, SeriesTable.Empty, window, []), []);
            return counted.Counts is { } counts ? Counted.Of(counts with { ExpectedShare = expectedShare }) : counted;
        }
    }

    /// <summary>The values of a query, evaluated at steps of the looks' grid.</summary>
    public sealed class Values(SeriesTable canary, SeriesTable stable) : MeasureSeries(canary, stable)
    {
        /// <summary>Null: the distance of the steps says nothing about how often samples come.</summary>
        public override long? ScrapeInterval() => null;

        internal override Counted Count(CountingWindow window) => ValueCounting.Within(this, window);
    }
}
