using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>What becomes of harm: how much is found, how much is promoted, and how long it takes.</summary>
internal static class PowerChart
{
    /// <summary>Found and promoted by effect, with intervals.</summary>
    public static string Power(BacktestReport report)
    {
        if (report.Power.IsEmpty) return "";
        var chart = new Chart("Power by effect", ReportWords.Power(report), 350, bottom: 64);
        var y = new Scale(0, 1, chart.Bottom, chart.Top + 8);
        var step = (chart.Right - chart.Left) / report.Power.Length;
        chart.YAxis(y, y.Ticks(5).Select(at => (at, ReportWords.Percent(at))), "share of replays");
        chart.Line(chart.Left, y.At(report.Options.Power), chart.Right, y.At(report.Options.Power), "limit");
        foreach (var kind in report.Power.Select(effect => effect.Kind).Distinct())
        {
            Series(chart, report, kind, step, y, effect => effect.Found, "blue", -5);
            Series(chart, report, kind, step, y, effect => effect.Promoted, "red", 5);
        }

        for (var i = 0; i < report.Power.Length; i++)
        {
            var (effect, style) = (report.Power[i].Effect, report.Power[i].Harmful ? "middle" : "tick middle faint");
            var cut = effect.Contains("take", StringComparison.Ordinal) ? effect.LastIndexOf(' ') : effect.IndexOf(' ', StringComparison.Ordinal);
            chart.Text(Place(chart, step, i), chart.Bottom + 17, effect[..cut], style);
            chart.Text(Place(chart, step, i), chart.Bottom + 32, effect[(cut + 1)..], style);
        }

        chart.Line(chart.Left, chart.Bottom, chart.Right, chart.Bottom, "axis");
        chart.Text((chart.Left + chart.Right) / 2, chart.Bottom + 54, "injected harm (grey: smaller than the harmful line, so that promoting it is no mistake)", "label middle");
        return chart.Write(("dot blue", "found: rolled back"), ("dot red", "promoted"), ("limit", $"wanted power {ReportWords.Percent(report.Options.Power)}"));
    }

    /// <summary>The delay until harm is found.</summary>
    public static string Delay(BacktestReport report)
    {
        var found = report.Power.Where(effect => effect.SecondsToRollback is not null).ToList();
        if (found.Count == 0) return "";
        var chart = new Chart("Delay by effect", "Minutes from the beginning of the harm to the rollback: median and 90th percentile.", 60 + (26 * found.Count), 150);
        var x = new Scale(0, 1.05 * found.Max(effect => effect.SecondsToRollback!.P90) / 60, chart.Left, chart.Right);
        chart.XAxis(x, x.Ticks(10).Select(at => (at, ReportWords.Number(at))), "minutes from the beginning of the harm to the rollback, where it was found");
        for (var i = 0; i < found.Count; i++)
        {
            var (effect, delay) = (found[i], found[i].SecondsToRollback!);
            var y = chart.Top + 12 + (26 * i);
            chart.Text(chart.Left - 12, y + 4, effect.Effect, effect.Harmful ? "row end" : "row end faint");
            chart.Rectangle(x.At(0), y - 7, x.At(delay.P90 / 60) - x.At(0), 14, "fill blue soft", $"90th percentile {ReportWords.Duration(delay.P90)}");
            chart.Rectangle(x.At(0), y - 7, x.At(delay.Median / 60) - x.At(0), 14, "fill blue", $"median {ReportWords.Duration(delay.Median)}");
        }

        return chart.Write(("fill blue", "median"), ("fill blue soft", "90th percentile"));
    }

    private static void Series(Chart chart, BacktestReport report, MeasureKind kind, double step, Scale y, Func<PowerResult, Proportion> part, string colour, double shift)
    {
        var points = report.Power.Select((effect, i) => (Effect: effect, X: Place(chart, step, i) + shift)).Where(point => point.Effect.Kind == kind).ToList();
        chart.Path(points.Where(point => !IsOfItsOwn(point.Effect)).Select(point => ((double, double)?)(point.X, y.At(part(point.Effect).Rate))), $"line {colour} thin");
        foreach (var (effect, x) in points)
        {
            var share = part(effect);
            chart.Interval(x, y.At(share.Low), x, y.At(share.High), $"range {colour}");
            chart.Point(x, y.At(share.Rate), $"dot {colour}", $"{effect.Effect}: {share.Count} of {share.Of}, {ReportWords.Range(share)}");
        }
    }

    /// <summary>Whether an effect is of another sort than those before it, so that no line joins them.</summary>
    private static bool IsOfItsOwn(PowerResult effect) => effect.Effect.StartsWith("errors +", StringComparison.Ordinal) || effect.Effect.Contains("p99", StringComparison.Ordinal);

    private static double Place(Chart chart, double step, int index) => chart.Left + (step * (index + 0.5));
}
