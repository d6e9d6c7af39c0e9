using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>How a measure begins: with the stable version's history, or by learning it during the warm-up.</summary>
internal static class HistogramStart
{
    /// <summary>The state before the first look.</summary>
    public static HistogramState From(MeasureSetup setup, MeasureHistory history)
    {
        var kind = setup.Options.Kind;
        var bounds = kind == MeasureKind.Latency ? Buckets.Keep(history.BucketBounds, setup.Options.Bounds) : [];
        var pairs = history.Intervals
            .Select(i => BucketInterval.Of(new(SideCounts.None, i.StableA, i.StableB) { BucketBounds = history.BucketBounds }, kind, bounds))
            .OfType<BucketInterval>()
            .Select(i => i.Halves)
            .ToList();
        var baseline = pairs.Aggregate(Array.Empty<long>(), (sum, p) => Buckets.Add(sum, Buckets.Add(p.A, p.B)));
        if (kind == MeasureKind.ErrorRate)
            baseline = Buckets.Add(baseline, [0, 0]);
        else if (Buckets.Total(baseline) == 0)
            return new(setup);

        var withHalves = NoisePair.Past(pairs, setup.Settings.ReadsTime).Count(p => Buckets.Total(p.A) > 0 && Buckets.Total(p.B) > 0);
        return WithBaseline(new(setup) { Bounds = bounds, HistoryIntervals = withHalves, PastStable = baseline }, baseline, pairs);
    }

    /// <summary>Sets up what is watched, once the baseline is known.</summary>
    /// <param name="state">The state without it.</param>
    /// <param name="baseline">What stable did before the first interval that counts.</param>
    /// <param name="past">Past intervals, to measure noise.</param>
    public static HistogramState WithBaseline(HistogramState state, long[] baseline, IReadOnlyCollection<BucketPair> past)
    {
        var settings = state.Setup.Settings;
        var pairs = NoisePair.Past(past, settings.ReadsTime);
        state = state with { Baseline = baseline };
        var plan = HistogramPlan.For(state)!;
        var rates = plan.Rates.Select(rate =>
        {
            var start = RateState.Start(settings);
            return start with
            {
                Harm = rate.Weight > 0 && !settings.AdaptsStakes ? Age(start.Harm, rate.HarmRule, state.Looks) : start.Harm,
                Safe = settings.PlansSafety ? start.Safe : Age(start.Safe, settings.SafeRule, state.Looks),
                Noise = pairs.Aggregate(Dispersion.None, (n, p) => HistogramStep.Compare(n, p, rate.Index)),
            };
        });
        var body = BodyState.Start(settings);
        if (plan.BodyRule is { } rule)
            body = new(settings.AdaptsStakes ? body.Harm : Age(body.Harm, rule, state.Looks), pairs.Aggregate(Dispersion.None, (n, p) => Compare(settings, n, plan.Scores, p)));
        return state with
        {
            Plan = plan,
            Canary = new long[baseline.Length],
            Stable = new long[baseline.Length],
            Pending = [],
            Rates = [.. rates],
            Body = body,
            Shape = plan.ShapeRule is null ? state.Shape : state.Shape with { Noise = pairs.Aggregate(Dispersion.None, (n, p) => Compare(settings, n, plan.ShapeScores, p)) },
        };
    }

    private static Dispersion Compare(SeqSettings settings, Dispersion noise, double[] scores, BucketPair pair) =>
        settings.AdaptsStakes ? noise.WithPooledScores(scores, pair.A, pair.B) : noise.WithScores(scores, pair.A, pair.B);

    // The time at which harm may have begun runs from the first look, also while nothing can be told.
    private static EvidenceMixture Age(EvidenceMixture mixture, MixtureRule rule, int looks)
    {
        var nothing = new double[mixture.LogStakes.Length];
        for (var i = 0; i < looks; i++)
            mixture = mixture.With(nothing, 1, rule);
        return mixture;
    }
}
