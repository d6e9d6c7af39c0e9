using System.Globalization;
using System.Text;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>The report for terminals.</summary>
internal static class BacktestText
{
    public static string Write(BacktestReport report, string patch, int width)
    {
        var text = new StringBuilder();
        foreach (var sentence in new[] { ReportWords.Verdict(report), ReportWords.Decided(report), ReportWords.Power(report) }.Where(sentence => sentence.Length > 0)) WrappedText.Append(text, sentence, 0, width);
        WrappedText.Append(text.Append("\nHistory  "), History(report), 9, width);
        text.Append('\n').Append(Measures(report));
        if (report.Aa is not null) text.Append('\n').Append(FalseAlarms(report));
        if (!report.Power.IsEmpty) text.Append('\n').Append(Power(report));
        if (!report.Releases.IsEmpty) text.Append('\n').Append(Releases(report, width));
        if (!report.Notes.IsEmpty) text.Append("\nNotes\n");
        foreach (var note in report.Notes) WrappedText.Append(text.Append("  - "), note, 4, width);
        foreach (var advice in report.Recommendations.Where(one => one.Field.Length == 0)) WrappedText.Append(text.Append("\nTo do: "), advice.Reason, 7, width);
        text.Append(patch.Length > 0 ? $"\nRecommended settings\n{patch}" : $"\n{ReportWords.NoSettings(report)}\n");
        return text.ToString();
    }

    private static string History(BacktestReport report)
    {
        var gaps = report.Gaps;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ReportWords.Time(report.FirstCounted ?? report.From)} to {ReportWords.Time(report.LastCounted ?? report.To)} UTC, samples every {report.ScrapeInterval.TotalSeconds:0.#} s, {gaps.Pods} pods ({gaps.Joined} joined, {gaps.Left} left, restarts: {gaps.Resets}), gaps: {gaps.Holes.Length}, {ReportWords.Percent(gaps.MissedShare)} of the pods' intervals without counts");
    }

    private static string Measures(BacktestReport report)
    {
        var table = new TextTable();
        table.Add("MEASURE", "REQUESTS", "TYPICAL", "NOISE (median, p90)", "PODS DIFFER BY");
        foreach (var measure in report.Measures)
        {
            table.Add(
                measure.Name,
                ReportWords.Number(measure.Requests),
                measure.ErrorShare is { } share ? $"{ReportWords.Percent(share)} errors" : measure is { P50: { } p50, P99: { } p99 } ? $"p50 {ReportWords.Latency(p50)}, p99 {ReportWords.Latency(p99)}" : "-",
                measure.Dispersion is { } noise ? string.Create(CultureInfo.InvariantCulture, $"{noise.Median:0.00}, {noise.P90:0.00}") : "-",
                measure.PodDifference is { } difference ? ReportWords.Percent(difference) : "-");
        }

        return table.Take();
    }

    private static string FalseAlarms(BacktestReport report)
    {
        var table = new TextTable();
        table.Add("WITHOUT HARM", "WINDOWS", "ROLLED BACK", "95 % INTERVAL", "PROMOTED", "UNDECIDED");
        foreach (var (name, summary) in new[] { ("all", report.Aa), ("half against half", report.AaHalves), ("canary-sized", report.AaCanarySized) })
        {
            if (summary is null) continue;
            table.Add(name, ReportWords.Number(summary.Windows), $"{summary.RolledBack.Count} of {summary.RolledBack.Of}", ReportWords.Range(summary.RolledBack), ReportWords.Percent(summary.Promoted.Rate), ReportWords.Percent(summary.Undecided.Rate));
        }

        return table.Take();
    }

    private static string Power(BacktestReport report)
    {
        var table = new TextTable();
        table.Add("HARM", "HARMFUL", "FOUND", "95 % INTERVAL", "PROMOTED", "DELAY (median, p90)");
        foreach (var effect in report.Power)
        {
            table.Add(
                effect.Effect, effect.Harmful ? "yes" : "no", ReportWords.Percent(effect.Found.Rate), ReportWords.Range(effect.Found), ReportWords.Percent(effect.Promoted.Rate),
                effect.SecondsToRollback is { } delay ? $"{ReportWords.Duration(delay.Median)}, {ReportWords.Duration(delay.P90)}" : "-");
        }

        return table.Take();
    }

    private static string Releases(BacktestReport report, int width)
    {
        var table = new TextTable();
        table.Add("RELEASE (UTC)", "VERSION", "BEFORE", "TOGETHER", "SHARE", "STAYED", "VERDICT");
        foreach (var release in report.Releases)
        {
            table.Add(
                ReportWords.Time(release.At), release.Version, release.Before, ReportWords.Duration(release.SecondsTogether), ReportWords.Percent(release.LargestShare), release.Stayed ? "yes" : "no",
                release.Verdict is { } verdict ? $"{verdict} after {ReportWords.Duration(release.SecondsToVerdict ?? 0)}" : "none: never together");
        }

        var text = new StringBuilder(table.Take());
        foreach (var release in report.Releases.Where(release => release.Sentence.Length > 0)) WrappedText.Append(text.Append("  ").Append(release.Version).Append(": "), release.Sentence, 4 + release.Version.Length, width);
        return text.ToString();
    }
}
