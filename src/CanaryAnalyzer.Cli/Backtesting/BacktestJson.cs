using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>The report as JSON, by the schema <see cref="BacktestReport.Schema"/>: shares in 0 to 1, times in seconds or as RFC 3339.</summary>
internal static class BacktestJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(BacktestReport report)
    {
        var judge = report.Options;
        var json = new JsonObject
        {
            ["schema"] = BacktestReport.Schema,
            ["metric"] = report.Metric,
            ["selectors"] = Node(report.Selectors),
            ["range"] = Node(new { report.From, report.To, report.FirstCounted, report.LastCounted }),
            ["seed"] = report.Seed,
            ["settings"] = Node(new
            {
                IntervalSeconds = judge.Interval.TotalSeconds,
                ScrapeSeconds = report.ScrapeInterval.TotalSeconds,
                MinDurationSeconds = judge.MinDuration.TotalSeconds,
                MaxDurationSeconds = judge.MaxDuration?.TotalSeconds,
                judge.MinRequests,
                judge.FalseRollback,
                judge.FalsePromotion,
                judge.Power,
                judge.Promote,
                report.CanaryShare,
            }),
            ["isAboveRisk"] = report.IsAboveRisk,
            ["falseAlarms"] = Node(new { All = report.Aa, Halves = report.AaHalves, CanarySized = report.AaCanarySized, WhyNone = report.NoAa }),
            ["evidence"] = Node(report.Evidence),
            ["power"] = Node(report.Power),
            ["durations"] = Node(report.Durations.Select(trial => new { MaxDurationSeconds = trial.MaxDuration.TotalSeconds, trial.Promoted, trial.Found })),
            ["releases"] = Node(report.Releases),
            ["measures"] = Node(report.Measures),
            ["warmups"] = Node(report.Warmups),
            ["requestsALook"] = Node(report.RequestsALook),
            ["gaps"] = Node(new { Holes = report.Gaps.Holes.Select(hole => new { hole.From, hole.To }).ToImmutableArray(), report.Gaps.MissedShare, report.Gaps.Resets, report.Gaps.Pods, report.Gaps.Joined, report.Gaps.Left }),
            ["timeline"] = Node(report.Timeline),
            ["recommendations"] = Node(report.Recommendations),
            ["notes"] = Node(report.Notes),
        };
        return json.ToJsonString(Options) + "\n";
    }

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options);
}
