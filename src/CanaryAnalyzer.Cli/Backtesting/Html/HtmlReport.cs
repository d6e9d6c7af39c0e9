using System.Globalization;
using System.Text;
using CanaryAnalyzer.Core.Backtests.Findings;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>The report as one HTML file that needs nothing else: no server, no script, no other file.</summary>
internal static class HtmlReport
{
    public static string Write(BacktestReport report, string patch)
    {
        var state = report.IsAboveRisk ? "bad" : report.Aa?.RolledBack.High <= report.Options.FalseRollback ? "good" : "unknown";
        var text = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        text.Append("<meta name=\"color-scheme\" content=\"light dark\"><title>Backtest of ").Append(Chart.Safe(report.Metric)).Append("</title><style>").Append(StyleSheet.Text).Append("</style></head><body><main>");
        text.Append("<h1>Backtest of <code>").Append(Chart.Safe(report.Metric)).Append("</code></h1>");
        text.Append("<p class=\"muted\">").Append(Chart.Safe(Subtitle(report))).Append("</p>");
        text.Append($"<p class=\"verdict {state}\">").Append(Chart.Safe(ReportWords.Verdict(report))).Append("</p>");
        foreach (var sentence in new[] { ReportWords.Decided(report), ReportWords.Power(report) }.Where(sentence => sentence.Length > 0)) text.Append("<p>").Append(Chart.Safe(sentence)).Append("</p>");
        text.Append(Cards(report));
        Section(text, "False alarms", "The stable version was compared with itself in windows of the past. Whatever was rolled back there was rolled back for nothing.", FalseAlarmChart.Write(report));
        Section(text, "Evidence without harm", "A judge that keeps its promise crosses the threshold in no more of these replays than the stated risk.", FanChart.Write(report));
        Section(text, "What becomes of harm", "The same windows with harm put into the canary’s counts.", PowerChart.Power(report) + PowerChart.Delay(report));
        Section(text, "Past releases", "", HtmlTables.Releases(report));
        Section(text, "History", "", TimelineChart.Write(report));
        Section(text, "Noise", "How much more the counts vary between the halves of the stable pods than independent requests would (1), by which the judge tones evidence down; and how much single pods differ for good.", HtmlTables.Measures(report));
        foreach (var warmup in report.Warmups) Section(text, $"Warm-up: {warmup.Measure}", "", WarmupChart.Write(warmup));
        Section(text, "Recommended settings", "", HtmlTables.Recommendations(report) + (patch.Length > 0 ? $"<pre><code>{Chart.Safe(patch)}</code></pre>" : ""));
        if (!report.Notes.IsEmpty) Section(text, "Notes", "", "<ul>" + string.Concat(report.Notes.Select(note => $"<li>{Chart.Safe(note)}</li>")) + "</ul>");
        Section(text, "What was read", "", "<ul>" + string.Concat(report.Selectors.Select(selector => $"<li><code>{Chart.Safe(selector)}</code></li>")) + "</ul>");
        return text.Append("</main></body></html>\n").ToString();
    }

    private static string Subtitle(BacktestReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ReportWords.Time(report.FirstCounted ?? report.From)} to {ReportWords.Time(report.LastCounted ?? report.To)} UTC · looks every {Recommender.Short(report.Options.Interval)}, at most {Recommender.Short(report.Options.MaxDuration ?? TimeSpan.Zero)} · samples every {report.ScrapeInterval.TotalSeconds:0.#} s · seed {report.Seed}");

    private static string Cards(BacktestReport report)
    {
        List<(string Name, string Value)> cards = [];
        if (report.Aa is { } aa)
        {
            cards.Add(("false alarms", ReportWords.Percent(aa.RolledBack.Rate)));
            cards.Add(("good canaries promoted", ReportWords.Percent(aa.Promoted.Rate)));
            cards.Add(("windows", ReportWords.Number(aa.Windows)));
        }

        if (report.RequestsALook is { } requests) cards.Add(("requests a look", ReportWords.Number(requests.Median)));
        cards.Add(("pods seen", ReportWords.Number(report.Gaps.Pods)));
        cards.Add(("restarts", ReportWords.Number(report.Gaps.Resets)));
        cards.Add(("intervals missed", ReportWords.Percent(report.Gaps.MissedShare)));
        return "<dl class=\"cards\">" + string.Concat(cards.Select(card => $"<div><dt>{Chart.Safe(card.Name)}</dt><dd>{Chart.Safe(card.Value)}</dd></div>")) + "</dl>";
    }

    private static void Section(StringBuilder text, string title, string lead, string body)
    {
        if (body.Length == 0) return;
        text.Append("<section><h2>").Append(Chart.Safe(title)).Append("</h2>");
        if (lead.Length > 0) text.Append("<p class=\"muted\">").Append(Chart.Safe(lead)).Append("</p>");
        text.Append(body).Append("</section>");
    }
}
