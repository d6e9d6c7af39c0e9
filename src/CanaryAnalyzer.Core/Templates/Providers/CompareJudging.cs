using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>From what a comparison says to how the judge takes it.</summary>
public static class CompareJudging
{
    /// <summary>The judge's options.</summary>
    /// <param name="spec">What the metric says.</param>
    /// <param name="comparisons">How many comparisons of a run share the risk of a false rollback; each gets its part.</param>
    /// <param name="maxDuration">When an answer is wanted; null never asks for one.</param>
    /// <param name="isLastPause">Whether the pause is the release's last, at which promotion waits for the end unless the metric says otherwise.</param>
    public static JudgeOptions Options(CompareSpec spec, int comparisons, TimeSpan? maxDuration, bool isLastPause) => new()
    {
        FalseRollback = spec.Risk.FalseRollback / Math.Max(1, comparisons),
        FalsePromotion = spec.Risk.FalsePromotion,
        Interval = spec.Interval,
        MinDuration = spec.MinDuration,
        MaxDuration = maxDuration,
        Promote = spec.Promote ?? (isLastPause ? PromoteWhen.AtEnd : PromoteWhen.WhenSafe),
        MinRequests = spec.MinRequests,
        Power = spec.Power,
        Measures = [.. spec.Measures.Select(measure => Measure(measure) with { Source = Source(spec, measure) })],
    };

    private static string Source(CompareSpec spec, MeasureSpec measure)
    {
        string[] counted = measure switch
        {
            MeasureSpec.ErrorRate one => [one.Requests.ToString(), one.Errors.ToString()],
            MeasureSpec.Latency { Unit: LatencyUnit.Seconds or LatencyUnit.Unknown } one => [one.Histogram.ToString()],
            MeasureSpec.Latency one => [one.Histogram.ToString(), one.Unit.ToString()],
            MeasureSpec.Series one => [one.Query],
            MeasureSpec.Limit one => [one.Requests.ToString(), one.Errors.ToString()],
            MeasureSpec.Traffic one => [one.Requests.ToString()],
            _ => throw new ArgumentOutOfRangeException(nameof(measure)),
        };
        return string.Join('\n', [.. counted, string.Join(',', measure.By), string.Join(',', spec.Canary), string.Join(',', spec.Stable), spec.Target ?? ""]);
    }

    private static MeasureOptions Measure(MeasureSpec measure) => measure switch
    {
        MeasureSpec.ErrorRate one => With(one, MeasureKind.ErrorRate, one.Margin, one.Tolerance),
        MeasureSpec.Latency one => With(one, MeasureKind.Latency, one.Margin, one.Tolerance) with { Tails = one.Tails, Bounds = one.Bounds, MinEffect = one.MinEffect, Unit = one.Unit },
        MeasureSpec.Series one => Plain(one, MeasureKind.Series) with { SeriesMargin = one.Margin, LowerIsWorse = one.Worse == WorseDirection.Lower },
        MeasureSpec.Limit one => Plain(one, MeasureKind.Limit) with { LimitMax = one.Max },
        MeasureSpec.Traffic one => Plain(one, MeasureKind.Traffic),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    private static MeasureOptions With(MeasureSpec one, MeasureKind kind, RateLine margin, RateLine tolerance) => Plain(one, kind) with
    {
        MarginRatio = margin.Ratio,
        MarginAbsolute = margin.Absolute,
        ToleranceRatio = tolerance.Ratio,
        ToleranceAbsolute = tolerance.Absolute,
    };

    private static MeasureOptions Plain(MeasureSpec one, MeasureKind kind) => new()
    {
        Name = one.Name,
        Kind = kind,
        Weight = one.Weight,
        Required = one.Required,
        Warmup = one.Warmup,
    };
}
