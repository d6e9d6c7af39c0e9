namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>What a histogram lacks for anything to be shown about it, in words.</summary>
internal static class CoarseBuckets
{
    /// <summary>Why nothing can be shown.</summary>
    public static string Why(LookReport report) => Missing(report) is { } measure
        ? $"{measure.Name}: the histogram has no bucket bound from {MeasureSentence.TooHigh(measure)} on, so what was asked for can't be watched; write lower bounds, give the histogram higher ones, or set required: false"
        : "the latency histogram has no bound near stable's median, p90 or p99, so nothing can be shown; give it finer buckets or set required: false";

    /// <summary>What would change that.</summary>
    public static string Needs(LookReport report) => Missing(report) is { } measure
        ? $"a histogram with a bucket bound from {MeasureSentence.TooHigh(measure)} on, lower bounds in the template, or required: false"
        : "a histogram with bounds near the stable version's median, p90 and p99, or required: false";

    private static MeasureReport? Missing(LookReport report) => report.Measures.FirstOrDefault(m => m.Required && !m.Bounds.IsEmpty && m.Bounds.All(bound => bound.Bound is null));
}
