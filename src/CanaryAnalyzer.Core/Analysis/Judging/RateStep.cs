using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>How one interval changes the evidence about the share of requests above a bound.</summary>
internal static class RateStep
{
    /// <summary>The state after the interval; noise is left as it was.</summary>
    public static RateState Take(MeasureOptions options, JudgeOptions judge, MeasureState measure, RatePlan plan, RateState state, BucketInterval interval)
    {
        var counts = new Counts(
            Buckets.Total(interval.Canary),
            Buckets.Above(interval.Canary, plan.Index),
            Buckets.Total(interval.Stable),
            Buckets.Above(interval.Stable, plan.Index));
        var dispersion = state.Noise.Value(measure.PriorDispersion, SeqSettings.PriorIntervals);
        return state with
        {
            Harm = plan.Weight > 0 ? Harm(options, judge, plan, state.Harm, counts, dispersion) : state.Harm,
            Safe = plan.ShowSafe ? Safe(options, measure, plan, state.Safe, counts, dispersion) : state.Safe,
            Likelihood = Likelihood(state.Likelihood, counts, dispersion),
        };
    }

    /// <summary>The alternative "like stable", as a multiple of the harmful line.</summary>
    /// <param name="stableShare">The stable side's share.</param>
    /// <param name="ratio">The harmful line's slope.</param>
    /// <param name="absolute">The harmful line's absolute part.</param>
    public static double LikeStable(double stableShare, double ratio, double absolute) => Math.Clamp(stableShare / ((ratio * stableShare) + absolute), 0.02, 0.95);

    private static EvidenceMixture Harm(
        MeasureOptions options, JudgeOptions judge, RatePlan plan, EvidenceMixture harm, Counts c, double dispersion)
    {
        var logE = new double[SeqSettings.HarmRatios.Length];
        for (var i = 0; i < logE.Length; i++)
        {
            logE[i] = RateEvidence.LogE(
                SeqSettings.HarmRatios[i], options.ToleranceRatio, options.EffectiveToleranceAbsolute, c.CanaryRequests, c.CanaryHits, c.StableRequests, c.StableHits);
        }

        return harm.With(logE, dispersion, SeqSettings.HarmRule(judge.FalseRollback, plan.Weight));
    }

    private static EvidenceMixture Safe(MeasureOptions options, MeasureState measure, RatePlan plan, EvidenceMixture safe, Counts c, double dispersion)
    {
        double pastRequests = Buckets.Total(measure.Baseline), pastHits = Buckets.Above(measure.Baseline, plan.Index);
        var share = (Buckets.Above(measure.Stable, plan.Index) + pastHits + 0.5) / (Buckets.Total(measure.Stable) + pastRequests + 1);
        var likeStable = LikeStable(share, plan.SafeRatio, options.MarginAbsolute);

        // An incident on the stable side alone must not make the canary look good; it may still count against it.
        var incident = pastRequests > 0 && c.StableHits > (SeqSettings.VouchFactor * (pastHits / pastRequests) * c.StableRequests) + 3;
        var logE = new double[SeqSettings.SafeRatios.Length + 1];
        for (var i = 0; i < logE.Length; i++)
        {
            var ratio = i == 0 ? likeStable : SeqSettings.SafeRatios[i - 1];
            var log = RateEvidence.LogE(ratio, plan.SafeRatio, options.MarginAbsolute, c.CanaryRequests, c.CanaryHits, c.StableRequests, c.StableHits);
            logE[i] = incident ? Math.Min(log, 0) : log;
        }

        return safe.With(logE, dispersion, SeqSettings.SafeRule);
    }

    private static ImmutableArray<float> Likelihood(ImmutableArray<float> before, Counts c, double dispersion)
    {
        var after = new float[before.Length];
        for (var i = 0; i < after.Length; i++)
        {
            var log = RateEvidence.LogLikelihood(SeqSettings.IntervalRatios[i], c.CanaryRequests, c.CanaryHits, c.StableRequests, c.StableHits);
            after[i] = (float)(before[i] + (log / dispersion));
        }

        return [.. after];
    }

    private sealed record Counts(double CanaryRequests, double CanaryHits, double StableRequests, double StableHits);
}
