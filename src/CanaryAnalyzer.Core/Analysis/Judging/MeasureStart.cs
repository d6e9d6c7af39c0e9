using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>How a measure begins: with the stable version's history, or by learning it during the warm-up.</summary>
internal static class MeasureStart
{
    /// <summary>The state before the first look.</summary>
    public static MeasureState From(MeasureOptions options, double weight, JudgeOptions judge, MeasureHistory history)
    {
        var empty = new MeasureState { Settings = Fingerprint.Of(options, weight, judge) };
        var bounds = options.Kind == MeasureKind.Latency ? Buckets.Keep(history.BucketBounds) : [];
        var pairs = history.Intervals
            .Select(i => BucketInterval.Of(new(SideCounts.None, i.StableA, i.StableB) { BucketBounds = history.BucketBounds }, options.Kind, bounds))
            .OfType<BucketInterval>()
            .Select(i => i.Halves)
            .ToImmutableArray();
        var baseline = pairs.Aggregate(ImmutableArray<long>.Empty, (sum, p) => Buckets.Add(sum, Buckets.Add(p.A, p.B)));
        if (options.Kind == MeasureKind.ErrorRate)
            baseline = Buckets.Add(baseline, [0, 0]);
        else if (baseline.IsEmpty || Buckets.Total(baseline) == 0)
            return empty;

        var hasHalves = pairs.Any(p => Buckets.Total(p.A) > 0 && Buckets.Total(p.B) > 0);
        return WithBaseline(options, weight, judge, empty with { Bounds = bounds, HasHistoryOfHalves = hasHalves, Baseline = baseline, PastStable = baseline }, pairs);
    }

    /// <summary>The measure of a next run of the same release: evidence of harm goes on, safety and the sums begin anew.</summary>
    public static MeasureState After(MeasureState before) => before with
    {
        CanaryRequests = 0,
        Canary = Zeros(before.Canary),
        Stable = Zeros(before.Stable),
        Rates = [.. before.Rates.Select(r => r.ForNextRun())],
    };

    /// <summary>Sets up what is watched, once the baseline is known.</summary>
    /// <param name="options">The measure's options.</param>
    /// <param name="weight">Its share of the whole evidence.</param>
    /// <param name="judge">The judge's options.</param>
    /// <param name="state">The state with its baseline.</param>
    /// <param name="pairs">Past intervals, to measure noise.</param>
    public static MeasureState WithBaseline(MeasureOptions options, double weight, JudgeOptions judge, MeasureState state, ImmutableArray<BucketPair> pairs)
    {
        var plan = MeasurePlan.For(options, weight, state)!;
        var rates = plan.Rates.Select(rate =>
        {
            var noise = pairs.Aggregate(Dispersion.None, (n, p) => MeasureStep.Compare(n, p, rate.Index));
            var harm = rate.Weight > 0 ? Age(RateState.Start.Harm, SeqSettings.HarmRule(judge.FalseRollback, rate.Weight), state.Looks) : RateState.Start.Harm;
            var safe = Age(RateState.Start.Safe, SeqSettings.SafeRule, state.Looks);
            return RateState.Start with { Harm = harm, Safe = safe, Noise = noise };
        });
        var scores = MeasureStep.Scores(state.Baseline);
        var body = new BodyState(
            plan.BodyWeight > 0 ? Age(BodyState.Start.Harm, SeqSettings.BodyRule(judge.FalseRollback, plan.BodyWeight), state.Looks) : BodyState.Start.Harm,
            plan.BodyWeight > 0 ? pairs.Aggregate(Dispersion.None, (n, p) => n.WithScores(scores, p.A.AsSpan(), p.B.AsSpan())) : Dispersion.None);
        return state with
        {
            Canary = Zeros(state.Baseline),
            Stable = Zeros(state.Baseline),
            Pending = [],
            Rates = [.. rates],
            Body = body,
        };
    }

    // The time at which harm may have begun runs from the first look, also while nothing can be told.
    private static EvidenceMixture Age(EvidenceMixture mixture, MixtureRule rule, int looks)
    {
        var nothing = new double[mixture.LogStakes.Length];
        for (var i = 0; i < looks; i++)
            mixture = mixture.With(nothing, 1, rule);
        return mixture;
    }

    private static ImmutableArray<long> Zeros(ImmutableArray<long> like) => [.. new long[like.Length]];
}
