using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>How one interval changes the evidence about the body and the shape of a latency distribution under a version that adapts its stakes.</summary>
internal static class StakedScores
{
    /// <summary>The body after the interval.</summary>
    /// <param name="state">The measure before the interval.</param>
    /// <param name="plan">What is watched.</param>
    /// <param name="judged">What is compared; nothing during the warm-up.</param>
    /// <param name="seen">What the interval shows of the noise.</param>
    public static BodyState Body(HistogramState state, HistogramPlan plan, BucketInterval judged, BucketInterval seen)
    {
        var noise = state.Body.Noise.WithPooledScores(plan.Scores, seen.Halves.A, seen.Halves.B);
        if (!IsLive(judged))
            return state.Body with { Noise = noise };
        var buckets = state.PastStable.Length;
        Span<double> shares = stackalloc double[buckets];
        Span<double> ridits = stackalloc double[buckets];
        Span<double> ratios = stackalloc double[buckets];
        OrdinalEvidence.Ridits(state.PastStable, shares, ridits);
        Span<double> logE = stackalloc double[plan.Tilts.Length];
        Span<double> growth = stackalloc double[plan.Tilts.Length];
        Span<double> weights = stackalloc double[plan.Tilts.Length];
        for (var i = 0; i < logE.Length; i++)
        {
            OrdinalEvidence.LogRatios(plan.Tilts[i], shares, ridits, ratios);
            (logE[i], growth[i]) = Sum(state, judged, shares, ratios, state.Dispersion(noise));
        }

        state.Setup.Stakes.Ordered(growth, plan.BodyRule!.Weights.AsSpan(), weights);
        return new(state.Body.Harm.WithStakes(logE, weights, plan.BodyRule), noise);
    }

    /// <summary>The shape of the tail after the interval.</summary>
    /// <param name="state">The measure before the interval.</param>
    /// <param name="plan">What is watched.</param>
    /// <param name="judged">What is compared; nothing during the warm-up.</param>
    /// <param name="seen">What the interval shows of the noise.</param>
    public static BodyState Shape(HistogramState state, HistogramPlan plan, BucketInterval judged, BucketInterval seen)
    {
        var noise = state.Shape.Noise.WithPooledScores(plan.ShapeScores, seen.Halves.A, seen.Halves.B);
        if (!IsLive(judged))
            return state.Shape with { Noise = noise };
        var settings = state.Setup.Settings;
        var buckets = state.PastStable.Length;
        Span<double> shares = stackalloc double[buckets];
        Span<double> ridits = stackalloc double[buckets];
        Span<double> ratios = stackalloc double[buckets];
        OrdinalEvidence.Ridits(state.PastStable, shares, ridits);
        OrdinalEvidence.TailScores(settings.ShapeTail, settings.ShapePower, ridits, ratios);
        OrdinalEvidence.LogRatios(shares, ratios);
        var (logE, _) = Sum(state, judged, shares, ratios, state.Dispersion(noise));

        // A single alternative gets all that is invested, whatever it is expected to show.
        return new(state.Shape.Harm.WithStakes([logE], [1], plan.ShapeRule!), noise);
    }

    private static bool IsLive(BucketInterval judged) => judged.CanaryTotal > 0 && judged.StableTotal > 0;

    private static (double LogE, double Growth) Sum(
        HistogramState state, BucketInterval judged, ReadOnlySpan<double> shares, ReadOnlySpan<double> ratios, double dispersion)
    {
        var (logE, growth) = (0.0, 0.0);
        foreach (var one in judged.Compared)
        {
            var (log, expected) = OrdinalEvidence.Tolerant(ratios, shares, one.Canary, one.Stable, state.Setup.Options.EffectiveToleranceAbsolute);
            (logE, growth) = (logE + (log / dispersion), growth + (expected / dispersion));
        }

        return (logE, growth);
    }
}
