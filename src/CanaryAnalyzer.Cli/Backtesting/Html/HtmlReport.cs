using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>The report as one HTML file that needs nothing else.</summary>
internal static class HtmlReport
{
    public static string Write(BacktestReport report, string patch) => report.Metric + patch;
}
