using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>How much slower pods are after their start.</summary>
internal static class WarmupChart
{
    public static string Write(WarmupResult warmup)
    {
        var chart = new Chart($"Warm-up of {warmup.Measure}", "How many times as many slow requests young pods have as older ones at the same time, by age.", 240);
        var x = new Scale(0, warmup.Ages.Max(age => age.Seconds) / 60, chart.Left, chart.Right);
        var y = new Scale(0, 1.1 * Math.Max(2, warmup.Ages.Max(age => age.Ratio)), chart.Bottom, chart.Top);
        chart.XAxis(x, x.Ticks(10).Select(at => (at, ReportWords.Number(at))), "minutes since the pod's first sample");
        chart.YAxis(y, y.Ticks(5).Select(at => (at, ReportWords.Number(at) + "×")), "slow requests");
        chart.Line(chart.Left, y.At(1), chart.Right, y.At(1), "limit");
        chart.Path(warmup.Ages.Select(age => ((double, double)?)(x.At(age.Seconds / 60), y.At(age.Ratio))), "line blue thin");
        foreach (var age in warmup.Ages)
            chart.Point(x.At(age.Seconds / 60), y.At(age.Ratio), age.IsSlower ? "dot red" : "dot blue", $"{ReportWords.Duration(age.Seconds)}: {age.Slow} slow of {age.Requests}, {ReportWords.Number(age.Expected)} expected");
        return chart.Write(("dot red", "slower beyond chance"), ("dot blue", "not slower"), ("limit", $"like older pods (slow: over {ReportWords.Latency(warmup.Bound)}; {warmup.Starts} pods seen to start)"));
    }
}
