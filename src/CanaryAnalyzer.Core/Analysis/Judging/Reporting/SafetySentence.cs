using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>How far safety is shown, in words.</summary>
internal static class SafetySentence
{
    /// <summary>Whether safety is tested at planned looks, and the first is still to come.</summary>
    public static bool IsUntested(LookReport report) => report.LastPlannedLook is null && report.NextPlannedLook is not null;

    /// <summary>What is least shown safe: <c>errors not shown safe yet (p 0.21, needed 0.012 at the look after 9m6s)</c>.</summary>
    public static string Open(LookReport report)
    {
        if (IsUntested(report))
            return $"safety is tested first after {GoDuration.Format(report.NextPlannedLook!.Value)}";
        var open = report.Measures
            .SelectMany(m => m.Safe.Select(s => (m.Name, m.Unit, Safe: s)))
            .Where(s => s.Safe.LogEvidence < report.LogSafeThreshold)
            .OrderBy(s => s.Safe.LogEvidence)
            .ToList();
        if (open.Count == 0)
            return "safety is not shown yet";
        var (name, unit, safe) = open[0];
        var bound = safe is { Component: EvidenceComponent.Bound, Bound: { } seconds } ? $" over {Reporting.Figures.Bound(seconds, unit)}" : "";
        return $"{name}{bound} not shown safe yet{Figures(safe, report)}";
    }

    /// <summary>When it may be told: <c>safety is tested again after 12m19s</c>.</summary>
    public static string Again(LookReport report) =>
        report.NextPlannedLook is { } next ? $"safety is tested again after {GoDuration.Format(next)}" : "more time may tell";

    private static string Figures(SafeEvidence safe, LookReport report)
    {
        if (safe is { P: { } p, Level: { } level } && report.LastPlannedLook is { } last)
            return $" (p {Reporting.Figures.Ratio(p)}, needed {Reporting.Figures.Ratio(level)} at the look after {GoDuration.Format(last)})";
        if (report.LastPlannedLook is { } tested)
            return $" (nothing to test at the look after {GoDuration.Format(tested)})";
        return double.IsFinite(safe.LogEvidence)
            ? $" (evidence of safety {Reporting.Figures.Evidence(Math.Exp(safe.LogEvidence))} of {Reporting.Figures.Threshold(Math.Exp(report.LogSafeThreshold))})"
            : " (safety is not tested in a run without an end)";
    }
}
