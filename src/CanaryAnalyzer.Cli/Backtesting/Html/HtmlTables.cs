using System.Globalization;
using System.Text;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>The report's tables.</summary>
internal static class HtmlTables
{
    public static string Measures(BacktestReport report) => Table(
        ["Measure", "Requests", "Typical", "Noise at the median", "at the 90th percentile", "Pods differ for good by"],
        report.Measures.Select(measure => new[]
        {
            measure.Name,
            ReportWords.Number(measure.Requests),
            measure.ErrorShare is { } share ? $"{ReportWords.Percent(share)} errors" : measure is { P50: { } p50, P99: { } p99 } ? $"p50 {ReportWords.Latency(p50)}, p99 {ReportWords.Latency(p99)}" : "–",
            measure.Dispersion is { } noise ? noise.Median.ToString("0.00", CultureInfo.InvariantCulture) : "–",
            measure.Dispersion is { } more ? more.P90.ToString("0.00", CultureInfo.InvariantCulture) : "–",
            measure.PodDifference is { } difference ? ReportWords.Percent(difference) : "–",
        }));

    public static string Releases(BacktestReport report) => report.Releases.IsEmpty ? "<p>No release was seen in this range.</p>" : Table(
        ["Began (UTC)", "Version", "Before", "Together", "Largest share", "Stayed", "The judge would have said"],
        report.Releases.Select(release => new[]
        {
            ReportWords.Time(release.At),
            release.Version,
            release.Before,
            ReportWords.Duration(release.SecondsTogether),
            ReportWords.Percent(release.LargestShare),
            release.Stayed ? "yes" : "no",
            release.Verdict is { } verdict ? $"{verdict} after {ReportWords.Duration(release.SecondsToVerdict ?? 0)}: {release.Sentence}" : "nothing: the versions were not together for a look",
        }),
        report.Releases.Select(release => release.Verdict switch { JudgeVerdict.Rollback => "bad", JudgeVerdict.Promote => "good", _ => "" }).ToList());

    public static string Recommendations(BacktestReport report)
    {
        var settings = report.Recommendations.Where(one => one.Field.Length > 0).ToList();
        var text = new StringBuilder();
        if (settings.Count > 0) text.Append(Table(["Setting", "Now", "Better", "Why"], settings.Select(one => new[] { one.Field, one.Before, one.Value, one.Reason })));
        foreach (var one in report.Recommendations.Where(one => one.Field.Length == 0)) text.Append("<p>").Append(Chart.Safe(one.Reason)).Append(".</p>");
        return text.Length == 0 ? $"<p>{Chart.Safe(ReportWords.NoSettings(report))}</p>" : text.ToString();
    }

    private static string Table(IEnumerable<string> head, IEnumerable<string[]> rows, List<string>? styles = null)
    {
        var text = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        foreach (var cell in head) text.Append("<th scope=\"col\">").Append(Chart.Safe(cell)).Append("</th>");
        text.Append("</tr></thead><tbody>");
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            text.Append(styles?[i] is { Length: > 0 } style ? $"<tr class=\"{style}\">" : "<tr>");
            foreach (var cell in row) text.Append("<td>").Append(Chart.Safe(cell)).Append("</td>");
            text.Append("</tr>");
        }

        return text.Append("</tbody></table></div>").ToString();
    }
}
