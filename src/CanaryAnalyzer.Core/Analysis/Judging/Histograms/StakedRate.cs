using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>
/// How one interval changes the evidence about a share under a version that adapts its stakes and plans its looks. What is staked on the interval depends on its numbers
/// of requests and on earlier intervals only.
/// </summary>
internal static class StakedRate
{
    /// <summary>The evidence of harm after the interval.</summary>
    /// <param name="measure">The measure before the interval.</param>
    /// <param name="plan">What is watched.</param>
    /// <param name="harm">The evidence before.</param>
    /// <param name="apart">The counts that are compared.</param>
    /// <param name="together">Their sums.</param>
    /// <param name="dispersion">Variance over mean of the counts.</param>
    public static EvidenceMixture Harm(
        HistogramState measure, RatePlan plan, EvidenceMixture harm, ReadOnlySpan<RateCounts> apart, RateCounts together, double dispersion)
    {
        if (!(together.CanaryRequests > 0 && together.StableRequests > 0))
            return harm;
        var (setup, ratios) = (measure.Setup, measure.Setup.Settings.HarmRatios);
        var (rho, delta) = (setup.Options.ToleranceRatio, setup.Options.EffectiveToleranceAbsolute);
        var past = Buckets.Total(measure.Baseline) + (double)Buckets.Total(measure.Stable);
        var rate = (Buckets.Above(measure.Baseline, plan.Index) + Buckets.Above(measure.Stable, plan.Index) + 0.5) / (past + 1);
        Span<double> logE = stackalloc double[ratios.Length];
        Span<double> growth = stackalloc double[ratios.Length];
        for (var i = 0; i < logE.Length; i++)
        {
            foreach (var c in apart)
            {
                var (canary, stable) = (c.CanaryRequests, c.StableRequests);
                logE[i] += ClumpedRateEvidence.LogE(ratios[i], rho, delta, canary, c.CanaryHits, stable, c.StableHits, dispersion);
                growth[i] += RateEvidence.LogE(ratios[i], rho, delta, canary, canary * ratios[i] * rho * rate, stable, stable * rate) / dispersion;
            }
        }

        var defaults = plan.HarmRule.Weights.AsSpan();
        if (!(past > 0))
            return harm.WithStakes(logE, defaults, plan.HarmRule);
        Span<double> weights = stackalloc double[ratios.Length];
        setup.Stakes.Ordered(growth, defaults, weights);
        return harm.WithStakes(logE, weights, plan.HarmRule);
    }

    /// <summary>
    /// The sums of the planned test after the interval. An interval in which the stable side alone has an incident is left out: it must not vouch for the canary.
    /// </summary>
    /// <param name="measure">The measure before the interval.</param>
    /// <param name="plan">What is watched.</param>
    /// <param name="test">The test before.</param>
    /// <param name="apart">The counts that are compared.</param>
    /// <param name="together">Their sums.</param>
    public static PlannedTest Vouch(HistogramState measure, RatePlan plan, PlannedTest test, ReadOnlySpan<RateCounts> apart, RateCounts together)
    {
        double count = 0, expected = 0, variance = 0;
        foreach (var c in apart)
        {
            if (!(c.CanaryRequests > 0 && c.StableRequests > 0))
                continue;
            var ratio = plan.SafeRatio * c.CanaryRequests / c.StableRequests;
            count += c.CanaryHits;
            expected += (ratio * c.StableHits) + (measure.Setup.Options.MarginAbsolute * c.CanaryRequests);
            variance += ratio * ratio * c.StableHits;
        }

        return expected > count && RateStep.IsIncident(measure, plan, together) ? test : test.Plus(count, expected, variance);
    }

    /// <summary>Whether even a canary exactly like stable could not be expected to be shown safe by the end, at the traffic so far.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="plan">What is watched.</param>
    /// <param name="rate">What it has gathered.</param>
    /// <param name="growth">By what factor the counts will have grown at the end.</param>
    /// <param name="level">The largest error level that can be left by then.</param>
    public static bool IsStarved(HistogramState measure, RatePlan plan, RateState rate, double growth, double level)
    {
        var test = rate.Test ?? PlannedTest.None;
        var share = (Buckets.Above(measure.Stable, plan.Index) + 0.5) / (Buckets.Total(measure.Stable) + 1.0);
        var likely = Buckets.Total(measure.Canary) * share;
        return PlannedTest.PValue(growth * likely, growth * test.Expected, growth * test.Variance, measure.Dispersion(rate.Noise)) > level;
    }
}
