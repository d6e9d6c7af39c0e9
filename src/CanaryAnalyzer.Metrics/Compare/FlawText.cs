using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Says in a sentence why an interval isn't counted.</summary>
internal static class FlawText
{
    /// <summary>The code of a histogram whose bounds are others than those that the run counts at.</summary>
    public const string OtherBuckets = "OtherBuckets";

    /// <summary>The code of errors that are a metric of their own, of which there is no series at all.</summary>
    public const string NoErrorSeries = "NoErrorSeries";

    /// <summary>The code of a flaw, as a look's reason or a flag of its data.</summary>
    public static string Code(CountingFlaw flaw) => flaw switch
    {
        CountingFlaw.NoSeries => "MissingSeries",
        CountingFlaw.NotFresh => "Stale",
        _ => flaw.ToString(),
    };

    /// <summary>Says which bounds the run counts at and a look's histograms lack.</summary>
    /// <param name="missing">Those that they lack: in seconds, unless the unit is unknown.</param>
    /// <param name="shared">Those that they share.</param>
    /// <param name="unit">The histogram's unit.</param>
    public static string Lacking(ImmutableArray<double> missing, ImmutableArray<double> shared, LatencyUnit unit) =>
        $"this run counts at the bounds {Bounds(missing, unit)}, which the histograms don't share any more; they share {Bounds(shared, unit)}: nothing is counted unless they come back";

    /// <summary>The sentence; empty where there is nothing to say.</summary>
    public static string Of(CountedLook look) => look.Flaw switch
    {
        CountingFlaw.None or CountingFlaw.FirstSight => "",
        CountingFlaw.NoSeries => $"no series for {look.Detail}",
        CountingFlaw.NotFresh => $"no new samples for {look.Detail}; what is missing is counted with the next look, if that has them",
        CountingFlaw.Hole => "samples were missing for more than one look; what happened meanwhile is left out",
        CountingFlaw.Changed => $"{look.Detail}; what can't be attributed is left out",
        CountingFlaw.NotANumber => $"a value is no number, {look.Detail}",
        CountingFlaw.Negative => $"a counter is below 0, {look.Detail}; is it a gauge?",
        CountingFlaw.TooLarge => $"a counter is above 10^15, {look.Detail}: did it go below 0 and wrap around?",
        CountingFlaw.MoreErrorsThanRequests => $"more errors than requests, {look.Detail}; errors must select a part of requests",
        CountingFlaw.MissingLabel => look.Detail,
        CountingFlaw.NoInfinityBucket => $"a histogram without the bucket le=\"+Inf\", {look.Detail}",
        CountingFlaw.NoCommonBuckets => $"the histograms share no bound: {look.Detail}",
        CountingFlaw.SameSeries => $"both sides have the series {look.Detail}: canary and stable must select different ones",
        CountingFlaw.SeveralSeries => $"the query gives {look.Detail}: it must give one, for instance by sum by (pod) (…)",
        _ => throw new ArgumentOutOfRangeException(nameof(look)),
    };

    private static string Bounds(ImmutableArray<double> bounds, LatencyUnit unit) =>
        string.Join(", ", bounds.Select(bound => bound.ToString("R", CultureInfo.InvariantCulture))) + (unit == LatencyUnit.Unknown ? "" : " s");
}
