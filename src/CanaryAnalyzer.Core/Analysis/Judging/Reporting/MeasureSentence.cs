namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>One measure's numbers in words.</summary>
internal static class MeasureSentence
{
    /// <summary>All measures that have numbers, of the whole run.</summary>
    public static string All(LookReport report) => string.Join("; ", report.Measures.Where(m => m.Canary.Requests > 0 || m.Stable.Requests > 0 || m.CanaryValue is not null).Select(Of));

    /// <summary>One measure over the whole run: <c>errors 0.88% (35 of 3,974) on canary, 0.87% (35 of 4,023) on stable: 1.0x, 95% CI 0.34x to 3.5x</c>.</summary>
    public static string Of(MeasureReport measure) => Of(measure, new(measure.Component)
    {
        Bound = measure.Bound,
        Canary = measure.Canary,
        Stable = measure.Stable,
        StableShareAtMix = measure.StableShareAtMix,
        CanaryValue = measure.CanaryValue,
        StableValue = measure.StableValue,
        Ratio = measure.Ratio,
        Low = measure.Low,
        High = measure.High,
        Superiority = measure.Superiority,
    });

    /// <summary>One measure over the time that speaks most for harm: <c>errors 12% (40 of 333) on canary, 0.50% (15 of 3,000) on stable in the last 2m: 24x</c>.</summary>
    public static string Harm(MeasureReport measure) =>
        measure.Deciding is { } deciding ? Of(measure, deciding) : $"{measure.Name} worse in the distribution as a whole, at no single number";

    /// <summary>The bounds that were asked for and lie above all bucket bounds: <c>30s and 60s</c>; empty where there are none.</summary>
    public static string TooHigh(MeasureReport measure) => string.Join(" and ", measure.Bounds.Where(bound => bound.Bound is null).Select(bound => Figures.Bound(bound.Asked, measure.Unit)));

    private static string Of(MeasureReport measure, DecidingWindow numbers) => $"{measure.Name} {Sides(measure, numbers)}{Unwatched(measure)}";

    private static string Sides(MeasureReport m, DecidingWindow n)
    {
        var within = n.Duration is { } time ? $" in the last {Figures.Duration(time)}" : "";
        switch (n.Component)
        {
            case EvidenceComponent.Errors:
                return $"{Share(n.Canary)} on canary, {Stable(n)}{within}{Comparison(n)}";
            case EvidenceComponent.Tail or EvidenceComponent.Bound:
                return $"{Figures.Share(n.Canary.Share)} over {Figures.Bound(n.Bound ?? 0, m.Unit)}{For(m, n)} {Counts(n.Canary)} on canary, {Stable(n)}{within}{Comparison(n)}";
            case EvidenceComponent.Limit:
                return $"{Share(n.Canary)} on canary{within}, limit {Figures.Setting(m.Expected ?? 0)}";
            case EvidenceComponent.Split:
                return $"{Share(new(n.Canary.Requests + n.Stable.Requests, n.Canary.Requests))} of requests on canary{within}, {Figures.Setting(m.Expected ?? 0)} expected{(n.IsShownBefore ? ", not yet shown to be right again" : "")}";
            case EvidenceComponent.Value:
                return $"{Figures.Value(n.CanaryValue ?? 0)} on canary, {Figures.Value(n.StableValue ?? 0)} on stable{within}{Comparison(n)}";
            default:
                var pairs = n.Superiority is { } superiority ? $"slower on canary in {Figures.Share(superiority)} of pairs{within}, 50% is alike" : "no requests on one side";
                return $"{pairs} ({Figures.Count(n.Canary.Requests)} requests on canary, {Figures.Count(n.Stable.Requests)} on stable)";
        }
    }

    private static string Share(SideTotals side) => $"{Figures.Share(side.Share)} {Counts(side)}";

    private static string Counts(SideTotals side) => $"({Figures.Count(side.Errors)} of {Figures.Count(side.Requests)})";

    private static string Stable(DecidingWindow n) => n.StableShareAtMix is { } share ? $"{Figures.Share(share)} on stable at the canary's mix" : $"{Share(n.Stable)} on stable";

    // Who asked for 200ms and reads of 250ms has to be told why.
    private static string For(MeasureReport m, DecidingWindow n)
    {
        var asked = n.Component == EvidenceComponent.Bound ? m.Bounds.Where(bound => bound.Bound.Equals(n.Bound)).ToList() : [];
        return asked.Count > 0 && asked.TrueForAll(bound => bound.IsRounded) ? $", the next bucket bound to {string.Join(" and ", asked.Select(bound => Figures.Bound(bound.Asked, m.Unit)))}," : "";
    }

    private static string Unwatched(MeasureReport m) => TooHigh(m) is { Length: > 0 } bounds ? $" (above all bucket bounds and not watched: {bounds})" : "";

    private static string Comparison(DecidingWindow n)
    {
        var ratio = n.Ratio is { } known and > 0 ? Figures.Times(known) : "";
        var interval = (n.Low, n.High) switch
        {
            ({ } low, { } high) => $"95% CI {Figures.Low(low)}x to {Figures.High(high)}x",
            ({ } low, null) => $"at least {Figures.Low(low)}x",
            (null, { } high) => $"at most {Figures.High(high)}x",
            _ => "",
        };
        string[] parts = [.. new[] { ratio, interval }.Where(part => part.Length > 0)];
        return parts.Length == 0 ? "" : $": {string.Join(", ", parts)}";
    }
}
