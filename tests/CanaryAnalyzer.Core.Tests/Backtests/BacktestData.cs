using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Testing.Histories;

namespace CanaryAnalyzer.Core.Tests.Backtests;

/// <summary>Counted history of simulated services.</summary>
internal static class BacktestData
{
    public const long Second = 1000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Scrape = 15 * Second;

    /// <summary>A Monday at 00:00 UTC.</summary>
    public const long Start = 1_767_571_200_000;

    public static JudgeOptions Options(params MeasureOptions[] measures) => new() { Measures = [.. measures], MaxDuration = TimeSpan.FromMinutes(30) };

    public static MeasureOptions Errors { get; } = new() { Name = "errors", Kind = MeasureKind.ErrorRate };

    public static MeasureOptions Latency { get; } = new() { Name = "latency", Kind = MeasureKind.Latency };

    public static HistoryGrid Grid(long hours) => HistoryGrid.Of(At(0), At(hours * Hour), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(Scrape));

    public static DateTimeOffset At(long sinceStart) => DateTimeOffset.FromUnixTimeMilliseconds(Start + sinceStart);

    /// <summary>Pods of a ReplicaSet that live for some hours.</summary>
    public static IEnumerable<SimulatedPod> Pods(int count, long hours, string hash = "6bd9c7d7d8") =>
        Enumerable.Range(0, count).Select(i => new SimulatedPod($"web-{hash}-aaaa{(char)('a' + i)}", Start, Start + (hours * Hour)));

    public static CountedHistory Count(SimulatedService service, long hours, long chunk, params MeasureOptions[] measures)
    {
        var grid = Grid(hours);
        return new CountedHistory(grid, [.. measures.Select(measure => Count(service, grid, measure.Kind, hours, chunk))]);
    }

    public static MeasureHistoryCounts Count(SimulatedService service, HistoryGrid grid, MeasureKind kind, long hours, long chunk)
    {
        var counter = new MeasureCounter(grid, kind, null, []);
        for (var from = Start; from < Start + (hours * Hour); from += chunk)
        {
            if (kind == MeasureKind.Latency) counter.Add(from + chunk, service.Within(SimulatedService.Buckets, from, from + chunk), []);
            else counter.Add(from + chunk, service.Within(SimulatedService.Requests, from, from + chunk), service.Within(SimulatedService.Requests, from, from + chunk, errorsOnly: true));
        }

        return counter.Counts();
    }

    public static string Describe(object value) => JsonSerializer.Serialize(value);
}
