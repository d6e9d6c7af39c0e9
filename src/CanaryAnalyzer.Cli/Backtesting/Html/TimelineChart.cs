using System.Globalization;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>The history: traffic, errors and latency, with gaps and releases.</summary>
internal static class TimelineChart
{
    private const double Panel = 112;

    /// <summary>Room for a version's hash; of releases that follow each other sooner only the first is named.</summary>
    private const double LabelWidth = 84;

    public static string Write(BacktestReport report)
    {
        var points = report.Timeline;
        if (points.Length < 2) return "";
        List<(string Label, Func<double, string> Text, List<(string Style, Func<TimelinePoint, double?> Value)> Lines)> panels =
            [("requests / s", ReportWords.Number, [("line blue", point => point.Requests)])];
        if (points.Any(point => point.ErrorShare is not null)) panels.Add(("errors", ReportWords.Percent, [("line red", point => point.ErrorShare)]));
        if (points.Any(point => point.P50 is not null)) panels.Add(("latency", ReportWords.Latency, [("line blue", point => point.P50), ("line amber", point => point.P99)]));
        var chart = new Chart("History", "Traffic, errors and latency over the range, with gaps and releases.", 70 + (Panel * panels.Count), 82);
        var (first, last) = (points[0].At, points[^1].At + (points[1].At - points[0].At));
        var x = new Scale(0, (last - first).TotalHours, chart.Left, chart.Right);
        double XOf(DateTimeOffset at) => x.At((at - first).TotalHours);
        foreach (var (from, to) in report.Gaps.Holes) chart.Rectangle(XOf(from), chart.Top, Math.Max(2, XOf(to) - XOf(from)), chart.Bottom - chart.Top, "fill gap", $"no counts from {ReportWords.Time(from)} to {ReportWords.Time(to)}");
        for (var i = 0; i < panels.Count; i++)
        {
            var most = panels[i].Lines.SelectMany(line => points.Select(line.Value)).Max() ?? 1;
            var y = new Scale(0, most > 0 ? 1.1 * most : 1, chart.Top + (Panel * (i + 1)) - 14, chart.Top + (Panel * i) + 6);
            chart.YAxis(y, y.Ticks(3).Select(at => (at, panels[i].Text(at))), panels[i].Label);
            foreach (var (style, value) in panels[i].Lines)
                chart.Path(points.Select(point => value(point) is { } number ? ((double, double)?)(XOf(point.At), y.At(number)) : null), style);
        }

        var free = chart.Left;
        foreach (var release in report.Releases)
        {
            var place = XOf(release.At);
            chart.Line(place, chart.Top, place, chart.Bottom, "release");
            if (place < free || place + LabelWidth > chart.Right) continue;
            chart.Text(place + 4, chart.Top + 8, release.Version, "tick");
            free = place + LabelWidth;
        }

        chart.XAxis(x, Ticks(first, last, x), "time (UTC)");
        (string, string)[] legend = [("line blue", "requests a second, median latency"), ("line red", "share of errors"), ("line amber", "99th percentile of latency"), ("release", "release"), ("fill gap", "no counts")];
        return chart.Write(legend);
    }

    private static IEnumerable<(double At, string Text)> Ticks(DateTimeOffset first, DateTimeOffset last, Scale x)
    {
        var hours = (last - first).TotalHours;
        var step = new[] { 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168, 336, 720 }.FirstOrDefault(step => hours / step <= 9, 2160);
        var ticks = (long)(step * TimeSpan.TicksPerHour);
        for (var at = new DateTimeOffset((first.Ticks + ticks - 1) / ticks * ticks, TimeSpan.Zero); at <= last; at = at.AddTicks(ticks))
            yield return ((at - first).TotalHours, at.ToString(step >= 24 ? "MMM d" : at.Hour == 0 && at.Minute == 0 ? "MMM d" : "HH:mm", CultureInfo.InvariantCulture));
    }
}
