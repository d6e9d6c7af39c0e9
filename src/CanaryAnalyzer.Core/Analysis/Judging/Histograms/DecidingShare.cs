using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>Which part of errors or latency speaks most for harm, and its numbers.</summary>
internal static class DecidingShare
{
    /// <summary>The numbers of the strongest part that has a window; null where none has.</summary>
    public static DecidingWindow? Of(HistogramState state, HistogramPlan plan)
    {
        var (at, strongest) = (-1, double.NegativeInfinity);
        for (var i = 0; i < plan.Rates.Length; i++)
        {
            if (plan.Rates[i].Weight <= 0 || state.Rates[i].Window.IsNone)
                continue;
            var log = Math.Log(plan.Rates[i].Weight) + state.Rates[i].Harm.LogEvidence;
            if (log > strongest)
                (at, strongest) = (i, log);
        }

        // The shape of the tail has no share of its own: its strongest bound speaks for it.
        if (plan.BodyWeight > 0 && !state.Body.Window.IsNone && (at < 0 || IsBodyStronger(state, plan, strongest)))
            return OfBody(state);
        return at < 0 ? null : OfRate(state, plan.Rates[at], state.Rates[at]);
    }

    private static bool IsBodyStronger(HistogramState state, HistogramPlan plan, double strongest)
    {
        var tail = plan.ShapeWeight > 0 ? Math.Max(strongest, Math.Log(plan.ShapeWeight) + state.Shape.Harm.LogEvidence) : strongest;
        return Math.Log(plan.BodyWeight) + state.Body.Harm.LogEvidence >= tail;
    }

    private static DecidingWindow OfBody(HistogramState state)
    {
        var window = state.Body.Window;
        return new(EvidenceComponent.Body)
        {
            Duration = window.Canary.Requests == Buckets.Total(state.Canary) ? null : window.Duration,
            Canary = window.Canary,
            Stable = window.Stable,
            Superiority = window.Observed / window.Reference,
        };
    }

    private static DecidingWindow OfRate(HistogramState state, RatePlan plan, RateState rate)
    {
        var window = rate.Window;
        var isWhole = window.Canary.Requests == Buckets.Total(state.Canary);
        var interval = isWhole ? RatioInterval.Of(rate.Likelihood, state.Setup.Settings) : default;
        double? ratio = window.Reference > 0 ? window.Observed / window.Reference : null;
        return new(plan.Component)
        {
            Duration = isWhole ? null : window.Duration,
            Bound = plan.Bound,
            Canary = window.Canary,
            Stable = window.Stable,
            StableShareAtMix = ratio is { } known && IsOtherMix(window, known) ? window.Canary.Share / known : null,
            Ratio = ratio,
            Low = interval.Low,
            High = interval.High,
        };
    }

    /// <summary>Whether the ratio of the shares of all requests is another than that of like with like.</summary>
    private static bool IsOtherMix(HarmWindow window, double ratio) =>
        !(window.Stable.Share > 0) || window.Canary.Share / window.Stable.Share / ratio is < 0.9 or > 1.1;
}
