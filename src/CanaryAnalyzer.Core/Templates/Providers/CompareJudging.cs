using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>From what a comparison says to how the judge takes it.</summary>
public static class CompareJudging
{
    /// <summary>The judge's options.</summary>
    /// <param name="spec">What the metric says.</param>
    /// <param name="comparisons">How many comparisons of a run share the risk of a false rollback; each gets its part.</param>
    /// <param name="maxDuration">When an answer is wanted; null never asks for one.</param>
    public static JudgeOptions Options(CompareSpec spec, int comparisons, TimeSpan? maxDuration) => new()
    {
        FalseRollback = spec.Risk.FalseRollback / Math.Max(1, comparisons),
        FalsePromotion = spec.Risk.FalsePromotion,
        Interval = spec.Interval,
        MinDuration = spec.MinDuration,
        MaxDuration = maxDuration,
        Promote = spec.Promote,
        MinRequests = spec.MinRequests,
        Power = spec.Power,
        Measures = [.. spec.Measures.Select(Measure)],
    };

    private static MeasureOptions Measure(MeasureSpec measure) => measure switch
    {
        MeasureSpec.ErrorRate one => With(one, MeasureKind.ErrorRate, one.Margin, one.Tolerance),
        MeasureSpec.Latency one => With(one, MeasureKind.Latency, one.Margin, one.Tolerance) with { Tails = one.Tails, MinEffect = one.MinEffect },
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    private static MeasureOptions With(MeasureSpec one, MeasureKind kind, RateLine margin, RateLine tolerance) => new()
    {
        Name = one.Name,
        Kind = kind,
        Weight = one.Weight,
        Required = one.Required,
        Warmup = one.Warmup,
        MarginRatio = margin.Ratio,
        MarginAbsolute = margin.Absolute,
        ToleranceRatio = tolerance.Ratio,
        ToleranceAbsolute = tolerance.Absolute,
    };
}
