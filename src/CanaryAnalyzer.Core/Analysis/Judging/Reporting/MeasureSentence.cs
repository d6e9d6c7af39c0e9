namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>One measure's numbers in words.</summary>
internal static class MeasureSentence
{
    /// <summary>All measures that have numbers.</summary>
    public static string All(LookReport report) => string.Join("; ", report.Measures.Where(m => m.Canary.Requests > 0 || m.Stable.Requests > 0 || m.CanaryValue is not null).Select(Of));

    /// <summary>One measure: <c>errors: canary 4.8 % errors (58 of 1 212 requests), stable 0.5 % (55 of 10 933): 9.5 times as many, between 5 and 19</c>.</summary>
    public static string Of(MeasureReport measure) => $"{measure.Name}: {Numbers(measure)}{Unwatched(measure)}";

    /// <summary>The bounds that were asked for and lie above all bucket bounds: <c>30 s and 60 s</c>; empty where there are none.</summary>
    public static string TooHigh(MeasureReport measure) => string.Join(" and ", measure.Bounds.Where(bound => bound.Bound is null).Select(bound => Figures.Bound(bound.Asked, measure.Unit)));

    private static string Numbers(MeasureReport m)
    {
        var canary = $"{Figures.Count(m.Canary.Errors)} of {Figures.Count(m.Canary.Requests)} requests";
        var stable = $"{Figures.Count(m.Stable.Errors)} of {Figures.Count(m.Stable.Requests)}";
        switch (m.Component)
        {
            case EvidenceComponent.Errors:
                return $"canary {Figures.Share(m.Canary.Share)} errors ({canary}), stable {Figures.Share(m.Stable.Share)} ({stable}){Comparison(m, "as many")}";
            case EvidenceComponent.Tail or EvidenceComponent.Bound:
                return $"canary {Figures.Share(m.Canary.Share)} over {Figures.Bound(m.Bound ?? 0, m.Unit)}{For(m)} ({canary}), stable {Figures.Share(m.Stable.Share)} ({stable}){Comparison(m, "as many")}";
            case EvidenceComponent.Limit:
                return $"canary {Figures.Share(m.Canary.Share)} errors ({canary}), at most {Figures.Share(m.Expected ?? 0)} are accepted";
            case EvidenceComponent.Split:
                var all = m.Canary.Requests + m.Stable.Requests;
                return $"canary {Figures.Share((double)m.Canary.Requests / Math.Max(all, 1))} of requests ({Figures.Count(m.Canary.Requests)} of {Figures.Count(all)}), expected {Figures.Share(m.Expected ?? 0)}";
            case EvidenceComponent.Value:
                return $"canary {Figures.Value(m.CanaryValue ?? 0)}, stable {Figures.Value(m.StableValue ?? 0)}{Comparison(m, "as much")}";
            default:
                var pairs = m.Superiority is { } superiority ? $"canary slower than stable in {Figures.Share(superiority)} of pairs (alike is 50 %)" : "no requests on one side";
                return m.Bound is { } bound
                    ? $"{pairs}, {Figures.Share(m.Canary.Share)} over {Figures.Bound(bound, m.Unit)} ({canary}), stable {Figures.Share(m.Stable.Share)} ({stable})"
                    : $"{pairs}, {Figures.Count(m.Canary.Requests)} requests against {Figures.Count(m.Stable.Requests)}";
        }
    }

    // Who asked for 200 ms and reads of 250 ms has to be told why.
    private static string For(MeasureReport m)
    {
        var asked = m.Component == EvidenceComponent.Bound ? m.Bounds.Where(bound => bound.Bound.Equals(m.Bound)).ToList() : [];
        return asked.Count > 0 && asked.TrueForAll(bound => bound.IsRounded) ? $", the next bucket bound to {string.Join(" and ", asked.Select(bound => Figures.Bound(bound.Asked, m.Unit)))}" : "";
    }

    private static string Unwatched(MeasureReport m) => TooHigh(m) is { Length: > 0 } bounds ? $" (above all bucket bounds and not watched: {bounds})" : "";

    private static string Comparison(MeasureReport m, string amount)
    {
        var interval = (m.Low, m.High) switch
        {
            ({ } low, { } high) => $"between {Figures.Low(low)} and {Figures.High(high)}",
            ({ } low, null) => $"at least {Figures.Low(low)}",
            (null, { } high) => $"at most {Figures.High(high)}",
            _ => "",
        };
        var ratio = m.Ratio is { } r and > 0 ? Figures.Ratio(r) : "";
        var times = ratio switch
        {
            "" when interval.Length == 0 => "",
            "" => $"{interval} times {amount}",
            "1" => amount,
            _ => $"{ratio} times {amount}",
        };
        return times.Length == 0 ? "" : $": {times}{(ratio.Length > 0 && interval.Length > 0 ? $", {interval}" : "")}";
    }
}
