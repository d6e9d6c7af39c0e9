using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>How the evidence of harm runs where there is none.</summary>
internal static class FanChart
{
    private static readonly double Ten = Math.Log(10);

    public static string Write(BacktestReport report)
    {
        if (report.Evidence is not { Median.Length: > 0 } fan) return "";
        var chart = new Chart("Evidence of harm without harm", "The evidence of harm of all replays without any change, look after look, against the threshold that rolls back.", 320);
        var threshold = Math.Log(1 / report.Options.FalseRollback) / Ten;
        var minutes = report.Options.Interval.TotalMinutes;
        var x = new Scale(0, fan.Median.Length * minutes, chart.Left, chart.Right);
        var y = new Scale(Math.Max(-4, Math.Floor(fan.Low.Min() / Ten)), Math.Max(threshold, fan.Most.Max() / Ten) + 0.4, chart.Bottom, chart.Top);
        chart.XAxis(x, x.Ticks(10).Select(at => (at, at.ToString("0.##", CultureInfo.InvariantCulture))), "minutes since the start");
        chart.YAxis(y, y.Ticks(6).Where(at => at == Math.Floor(at)).Select(at => (at, Power(at))), "evidence of harm (log scale)");
        List<(double X, double Y)> Points(ImmutableArray<double> values) => [.. values.Select((value, i) => (x.At((i + 1) * minutes), y.At(value / Ten)))];
        chart.Band(Points(fan.High), Points(fan.Low), "fill blue soft");
        chart.Path(Points(fan.Median).Select(point => ((double, double)?)point), "line blue");
        chart.Path(Points(fan.Most).Select(point => ((double, double)?)point), "line amber thin");
        chart.Line(chart.Left, y.At(threshold), chart.Right, y.At(threshold), "limit");
        return chart.Write(("line blue", "median"), ("fill blue soft", "5th to 95th percentile"), ("line amber thin", "highest of all replays"), ("limit", $"rolls back from {Power(threshold)} on"));
    }

    private static string Power(double exponent) => exponent switch
    {
        >= 0 and <= 4 => Math.Pow(10, exponent).ToString("#,0", CultureInfo.InvariantCulture),
        < 0 and >= -3 => Math.Pow(10, exponent).ToString("0.###", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"10^{exponent:0.#}"),
    };
}
