using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>The windows of errors and latency from which harm is reported.</summary>
internal static class HistogramWindows
{
    // The weakest harm that is looked for: a window in which this is likelier than what is tolerated is worse than that.
    private const double Weakest = 1.5;

    /// <summary>The window of a share after an interval.</summary>
    public static HarmWindow OfRate(HistogramState state, RatePlan plan, HarmWindow before, BucketInterval interval, LookTime time)
    {
        if (interval.CanaryTotal == 0 || interval.StableTotal == 0)
            return before;
        var (rho, delta) = (state.Setup.Options.ToleranceRatio, state.Setup.Options.EffectiveToleranceAbsolute);
        var (drift, observed, reference) = (0.0, 0.0, 0.0);
        foreach (var one in interval.Compared)
        {
            var c = RateCounts.Of(one, plan.Index);
            if (!(c.CanaryRequests > 0 && c.StableRequests > 0))
                continue;
            drift += RateEvidence.LogE(Weakest, rho, delta, c.CanaryRequests, c.CanaryHits, c.StableRequests, c.StableHits);

            // Mantel and Haenszel's ratio: each interval and each label is compared with itself, whatever the mix of them.
            var all = (rho * c.CanaryRequests) + c.StableRequests;
            observed += c.CanaryHits * c.StableRequests / all;
            reference += c.StableHits * c.CanaryRequests / all;
        }

        var together = RateCounts.Of(interval, plan.Index);
        return before.Plus(time.Window(drift) with
        {
            Canary = new((long)together.CanaryRequests, (long)together.CanaryHits),
            Stable = new((long)together.StableRequests, (long)together.StableHits),
            Observed = (float)observed,
            Reference = (float)reference,
        });
    }

    /// <summary>The window of the body after an interval: pairs in which the canary's request is slower.</summary>
    public static HarmWindow OfBody(HistogramState state, HarmWindow before, BucketInterval interval, LookTime time)
    {
        var (pairs, slower) = (0.0, 0.0);
        foreach (var one in interval.Compared)
        {
            if (OrdinalEvidence.Superiority(one.Canary, one.Stable) is not { } superiority)
                continue;
            var weight = (double)one.CanaryTotal * one.StableTotal / (one.CanaryTotal + one.StableTotal);
            (pairs, slower) = (pairs + weight, slower + (weight * superiority));
        }

        if (pairs <= 0)
            return before;
        var tolerated = 0.5 + ((state.Setup.Options.MinEffect - 0.5) / 2);
        return before.Plus(time.Window(slower - (tolerated * pairs)) with
        {
            Canary = new(interval.CanaryTotal, 0),
            Stable = new(interval.StableTotal, 0),
            Observed = (float)slower,
            Reference = (float)pairs,
        });
    }
}
