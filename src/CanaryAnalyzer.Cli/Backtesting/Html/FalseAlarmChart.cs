using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>The false alarms with their intervals, against the stated risk.</summary>
internal static class FalseAlarmChart
{
    public static string Write(BacktestReport report)
    {
        List<(string Name, AaSummary Summary)> rows = [];
        if (report.Aa is { } all) rows.Add(("all replays", all));
        if (report.AaHalves is { } halves) rows.Add(("half against half", halves));
        if (report.AaCanarySized is { } sized) rows.Add(("canary-sized", sized));
        if (rows.Count == 0) return "";
        var stated = report.Options.FalseRollback;
        var chart = new Chart("False alarms against the stated risk", ReportWords.Verdict(report), 70 + (38 * rows.Count), 150);
        var x = new Scale(0, 1.08 * Math.Max(2 * stated, rows.Max(row => row.Summary.RolledBack.High)), chart.Left, chart.Right);
        chart.XAxis(x, x.Ticks(8).Select(at => (at, ReportWords.Percent(at))), "rolled back without any change, share of replays with 95 % interval");
        chart.Line(x.At(stated), chart.Top, x.At(stated), chart.Bottom, "limit");
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, part) = (rows[i].Name, rows[i].Summary.RolledBack);
            var y = chart.Top + 20 + (38 * i);
            chart.Text(chart.Left - 12, y + 4, name, "row end");
            chart.Interval(x.At(part.Low), y, x.At(part.High), y, "range blue");
            chart.Point(x.At(part.Rate), y, "dot blue", $"{part.Count} of {part.Of}, {ReportWords.Range(part)}");
            chart.Text(Math.Min(x.At(part.High) + 10, chart.Right - 60), y - 8, $"{part.Count} of {part.Of}", "tick");
        }

        return chart.Write(("dot blue", "measured"), ("range blue", "95 % interval"), ("limit", $"stated risk {ReportWords.Percent(stated)}"));
    }
}
