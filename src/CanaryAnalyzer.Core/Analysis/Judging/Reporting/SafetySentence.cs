namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>How far safety is shown, in words that need no statistics; the p-values are in the explanation.</summary>
internal static class SafetySentence
{
    /// <summary>Whether safety is tested at planned looks, and the first is still to come.</summary>
    public static bool IsUntested(LookReport report) => report.LastPlannedLook is null && report.NextPlannedLook is not null;

    /// <summary>What is not shown safe yet: <c>not yet enough data to promote (errors, latency over 250ms)</c>.</summary>
    public static string Open(LookReport report)
    {
        if (report.LastPlannedLook is null && report.NextPlannedLook is null && !report.Measures.Any(m => m.Safe.Any(s => double.IsFinite(s.LogEvidence))))
            return "a run without an end does not test safety";
        var open = report.Measures
            .SelectMany(m => m.Safe.Select(s => (m.Name, m.Unit, Safe: s)))
            .Where(s => s.Safe.LogEvidence < report.LogSafeThreshold)
            .OrderBy(s => s.Safe.LogEvidence)
            .Select(s => s.Name + (s.Safe is { Component: EvidenceComponent.Bound, Bound: { } seconds } ? $" over {Figures.Bound(seconds, s.Unit)}" : ""))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return open.Count == 0 ? "not yet enough data to promote" : $"not yet enough data to promote ({string.Join(", ", open)})";
    }

    /// <summary>When it is tested next: <c>; next safety test in 41s</c>; empty where no test is planned, and where the run is over.</summary>
    public static string Next(LookReport report)
    {
        if (report.Verdict == JudgeVerdict.Inconclusive || report.NextPlannedLook is not { } next)
            return "";
        return $"; {(IsUntested(report) ? "first" : "next")} safety test in {Figures.Duration(next > report.Elapsed ? next - report.Elapsed : TimeSpan.Zero)}";
    }
}
