using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>How one interval changes the evidence about the share of requests above a bound. Where it is stratified, the strata's log evidence adds up.</summary>
internal static class RateStep
{
    /// <summary>The state after the interval; noise is left as it was.</summary>
    /// <param name="measure">The measure before the interval.</param>
    /// <param name="plan">What is watched.</param>
    /// <param name="state">What it has gathered.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="dispersion">By how much evidence is toned down, at least 1.</param>
    public static RateState Take(HistogramState measure, RatePlan plan, RateState state, BucketInterval interval, double dispersion)
    {
        Span<RateCounts> apart = interval.Compared.Length <= 16 ? stackalloc RateCounts[interval.Compared.Length] : new RateCounts[interval.Compared.Length];
        for (var i = 0; i < apart.Length; i++)
            apart[i] = RateCounts.Of(interval.Compared[i], plan.Index);
        var settings = measure.Setup.Settings;
        var together = RateCounts.Of(interval, plan.Index);
        return new(
            plan.Weight > 0 ? Harm(measure, plan, state.Harm, apart, together, dispersion) : state.Harm,
            plan.ShowSafe && state.Test is null ? Safe(measure, plan, state.Safe, apart, together, dispersion) : state.Safe,
            state.Noise,
            Likelihood(settings, state.Likelihood, apart, dispersion))
        {
            Test = plan.ShowSafe && state.Test is { } test ? StakedRate.Vouch(measure, plan, test, apart, together) : state.Test,
            Surge = plan.ShowSafe && plan.Component != EvidenceComponent.Body ? Surge(measure, plan, state.Surge, together, dispersion) : default,
        };
    }

    /// <summary>The alternative "like stable", as a multiple of the harmful line.</summary>
    /// <param name="stableShare">The stable side's share.</param>
    /// <param name="ratio">The harmful line's slope.</param>
    /// <param name="absolute">The harmful line's absolute part.</param>
    public static double LikeStable(double stableShare, double ratio, double absolute) => Math.Clamp(stableShare / ((ratio * stableShare) + absolute), 0.02, 0.95);

    /// <summary>Whether the stable side fails so much more than in its past that the interval must not vouch for the canary.</summary>
    public static bool IsIncident(HistogramState measure, RatePlan plan, RateCounts together)
    {
        double pastRequests = Buckets.Total(measure.Baseline), pastHits = Buckets.Above(measure.Baseline, plan.Index);
        return pastRequests > 0 && together.StableHits > (measure.Setup.Settings.VouchFactor * (pastHits / pastRequests) * together.StableRequests) + 3;
    }

    private static EvidenceMixture Harm(
        HistogramState measure, RatePlan plan, EvidenceMixture harm, ReadOnlySpan<RateCounts> apart, RateCounts together, double dispersion)
    {
        var setup = measure.Setup;
        if (setup.Settings.AdaptsStakes)
            return StakedRate.Harm(measure, plan, harm, apart, together, dispersion);
        var ratios = setup.Settings.HarmRatios;
        Span<double> logE = stackalloc double[ratios.Length];
        for (var i = 0; i < logE.Length; i++)
            logE[i] = LogE(ratios[i], setup.Options.ToleranceRatio, setup.Options.EffectiveToleranceAbsolute, apart);
        return harm.With(logE, dispersion, plan.HarmRule);
    }

    private static EvidenceMixture Safe(
        HistogramState measure, RatePlan plan, EvidenceMixture safe, ReadOnlySpan<RateCounts> apart, RateCounts together, double dispersion)
    {
        var settings = measure.Setup.Settings;
        var absolute = measure.Setup.Options.MarginAbsolute;
        double pastRequests = Buckets.Total(measure.Baseline), pastHits = Buckets.Above(measure.Baseline, plan.Index);
        var share = (Buckets.Above(measure.Stable, plan.Index) + pastHits + 0.5) / (Buckets.Total(measure.Stable) + pastRequests + 1);

        // An incident on the stable side alone must not make the canary look good; it may still count against it.
        var incident = IsIncident(measure, plan, together);
        Span<double> logE = stackalloc double[settings.SafeRatios.Length + 1];
        for (var i = 0; i < logE.Length; i++)
        {
            var log = LogE(i == 0 ? LikeStable(share, plan.SafeRatio, absolute) : settings.SafeRatios[i - 1], plan.SafeRatio, absolute, apart);
            logE[i] = incident ? Math.Min(log, 0) : log;
        }

        return safe.With(logE, dispersion, settings.SafeRule);
    }

    private static double LogE(double ratio, double rho, double delta, ReadOnlySpan<RateCounts> apart)
    {
        var sum = 0.0;
        foreach (var c in apart)
            sum += RateEvidence.LogE(ratio, rho, delta, c.CanaryRequests, c.CanaryHits, c.StableRequests, c.StableHits);
        return sum;
    }

    private static float[] Likelihood(SeqSettings settings, float[] before, ReadOnlySpan<RateCounts> apart, double dispersion)
    {
        var after = new float[before.Length];
        for (var i = 0; i < after.Length; i++)
        {
            var log = 0.0;
            foreach (var c in apart)
                log += RateEvidence.LogLikelihood(settings.IntervalRatios[i], c.CanaryRequests, c.CanaryHits, c.StableRequests, c.StableHits);
            after[i] = (float)(before[i] + (log / dispersion));
        }

        return after;
    }

    private static Surge Surge(HistogramState measure, RatePlan plan, Surge before, RateCounts c, double dispersion)
    {
        double pastRequests = Buckets.Total(measure.Baseline), pastHits = Buckets.Above(measure.Baseline, plan.Index);
        if (pastRequests <= 0)
            return default;
        var settings = measure.Setup.Settings;
        var limit = Math.Min((plan.SafeRatio * (pastHits + 0.5) / (pastRequests + 1)) + measure.Setup.Options.MarginAbsolute, 1);
        double Next(double log, double requests, double hits) =>
            Math.Clamp(log + (LimitEvidence.LogE(settings.SurgeRatio, limit, requests, hits) / dispersion), 0, settings.SurgeCap);
        var (canary, stable) = (Next(before.Canary, c.CanaryRequests, c.CanaryHits), Next(before.Stable, c.StableRequests, c.StableHits));
        return new(canary, stable, Math.Min(canary, stable) >= settings.SurgeThreshold ? before.Lasting + 1 : 0);
    }
}
