using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Backtests.Replays;

namespace CanaryAnalyzer.Core.Backtests.Injections;

/// <summary>Puts harm into a window, and says whether the judge calls it harmful.</summary>
public static class InjectedHarm
{
    /// <summary>The window with the harm in the canary's counts, from its first look on.</summary>
    public static ImmutableArray<MeasureWindow> Into(ImmutableArray<MeasureWindow> measures, Injection injection, Draws draws) =>
    [
        .. measures.Select(measure => measure.Kind != injection.Kind ? measure : measure with
        {
            Looks = [.. measure.Looks.Select(counts => counts is null ? null : injection.Apply(counts, draws))],
        }),
    ];

    /// <summary>
    /// Whether the harm lies on or beyond the harmful line of a measure, so that the canary must not be promoted: by the service's mean share of errors, and by the
    /// shares above the bounds that the tails name and above those that are asked for.
    /// </summary>
    /// <param name="injection">The harm.</param>
    /// <param name="options">The measures.</param>
    /// <param name="typical">For each measure the counts of the whole history: requests and errors, or the buckets.</param>
    public static bool IsHarmful(Injection injection, JudgeOptions options, ImmutableArray<TypicalCounts> typical)
    {
        for (var i = 0; i < options.Measures.Length; i++)
        {
            if (options.Measures[i].Kind == injection.Kind && typical[i].Total > 0 && IsHarmful(injection, options.Measures[i], typical[i])) return true;
        }

        return false;
    }

    private static bool IsHarmful(Injection injection, MeasureOptions measure, TypicalCounts typical)
    {
        var margin = (double share) => (measure.MarginRatio * share) + measure.MarginAbsolute;
        if (injection is Injection.Errors errors)
        {
            var share = typical.ErrorShare;
            return (errors.Times * share) + errors.More >= margin(share);
        }

        var shares = typical.Shares;
        var moved = injection is Injection.Slower slower
            ? BucketShift.Stretched(shares, typical.Bounds, slower.Times)
            : Hung(shares, typical, (Injection.SlowTail)injection);
        var asked = measure.Bounds.Select(bound => Buckets.IndexFor(typical.Bounds, bound)).ToList();
        for (var b = 0; b < typical.Bounds.Length; b++)
        {
            var (before, after) = (shares[(b + 1)..].Sum(), moved[(b + 1)..].Sum());
            var isWatched = asked.Contains(b) || measure.Tails.Any(tail => before <= 1.5 * tail && shares[b..].Sum() > 1.5 * tail);
            if (isWatched && after >= margin(before)) return true;
        }

        return false;
    }

    private static double[] Hung(double[] shares, TypicalCounts typical, Injection.SlowTail tail)
    {
        var to = BucketShift.BucketOf(typical.Bounds, tail.Times * typical.Quantile(0.99));
        var moved = shares.ToArray();
        for (var b = 0; b < to; b++)
        {
            moved[to] += moved[b] * tail.Share;
            moved[b] *= 1 - tail.Share;
        }

        return moved;
    }
}
