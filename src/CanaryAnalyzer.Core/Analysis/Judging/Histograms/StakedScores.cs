using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>How one interval changes the evidence about the body and the shape of a latency distribution under a version that adapts its stakes.</summary>
internal static class StakedScores
{
    /// <summary>The body after the interval.</summary>
    /// <param name="state">The measure before the interval.</param>
    /// <param name="plan">What is watched.</param>
    /// <param name="judged">What is compared; nothing during the warm-up.</param>
    /// <param name="pair">What the interval shows of the noise.</param>
    public static BodyState Body(HistogramState state, HistogramPlan plan, BucketInterval judged, NoisePair pair)
    {
        var (noise, known) = Noise(state.Body.Noise, plan.Scores, pair);
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
            (logE[i], growth[i]) = Sum(state, judged, shares, ratios, state.Dispersion(known));
        }

        state.Setup.Stakes.Ordered(growth, plan.BodyRule!.Weights.AsSpan(), weights);
        return new(state.Body.Harm.WithStakes(logE, weights, plan.BodyRule), noise);
    }

    /// <summary>The shape of the tail after the interval.</summary>
    /// <param name="state">The measure before the interval.</param>
    /// <param name="plan">What is watched.</param>
    /// <param name="judged">What is compared; nothing during the warm-up.</param>
    /// <param name="pair">What the interval shows of the noise.</param>
    public static BodyState Shape(HistogramState state, HistogramPlan plan, BucketInterval judged, NoisePair pair)
    {
        var (noise, known) = Noise(state.Shape.Noise, plan.ShapeScores, pair);
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
        var (logE, _) = Sum(state, judged, shares, ratios, state.Dispersion(known));

        // A single alternative gets all that is invested, whatever it is expected to show.
        return new(state.Shape.Harm.WithStakes([logE], [1], plan.ShapeRule!), noise);
    }

    /// <summary>What the halves, or two intervals, differ by in their scores, and what of it may be used for the interval.</summary>
    private static (Dispersion After, Dispersion Known) Noise(Dispersion before, double[] scores, NoisePair pair)
    {
        if (pair.Compared.Length == 0)
            return (before, before);
        var (a, b) = (pair.Compared[0].A, pair.Compared[0].B);
        for (var i = 1; i < pair.Compared.Length; i++)
            (a, b) = (Buckets.Add(a, pair.Compared[i].A), Buckets.Add(b, pair.Compared[i].B));
        var after = before.WithPooledScores(scores, a, b);
        return (after, pair.IsOfOne ? after : before);
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
