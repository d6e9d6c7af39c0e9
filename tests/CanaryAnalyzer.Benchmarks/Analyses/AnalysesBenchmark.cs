using System.Text.Json.Nodes;
using CanaryAnalyzer.Benchmarks.Clusters;
using CanaryAnalyzer.Benchmarks.Processes;
using CanaryAnalyzer.Benchmarks.Reporting;

namespace CanaryAnalyzer.Benchmarks.Analyses;

/// <summary>Many running AnalysisRuns of three metrics each: whether every measurement is made, how late, and at what cost.</summary>
internal static class AnalysesBenchmark
{
    private const int Metrics = 3;
    private const string Sampled = "0.01";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Runs it.</summary>
    /// <param name="choice">The cluster.</param>
    /// <param name="count">How many AnalysisRuns.</param>
    /// <param name="window">How long to watch, once all run.</param>
    /// <param name="programs">Where the programs are, or go; null for the usual place.</param>
    /// <param name="token">Ends it.</param>
    public static async Task RunAsync(BenchCluster choice, int count, TimeSpan window, string? programs, CancellationToken token)
    {
        var program = await Programs.ControllerAsync(programs, token);
        FigureTable.Progress("starting a cluster");
        await using var cluster = await HollowCluster.OpenAsync(choice, token);
        await using var prometheus = await PrometheusStub.StartAsync(token);
        await using var controller = ControllerProcess.Start(program, cluster.ControllerKubeconfig, Path.Combine(Path.GetTempPath(), $"canary-analyses-{Environment.ProcessId}.log"));
        await controller.ReadyAsync(token);
        FigureTable.Progress($"creating {count} AnalysisRuns");
        await cluster.CreateAsync(Enumerable.Range(0, count).Select(i => Run(i, prometheus.Address)), token);
        var asked = await Waiting.UntilAsync(() => Task.FromResult(prometheus.Arrivals.Queries >= count * Metrics), TimeSpan.FromMinutes(5), "the first measurement of each", token);
        await Task.Delay(3 * Interval, token);
        cluster.Audit?.Read();
        prometheus.Arrivals.Take(Interval);
        var (before, passes) = (controller.Usage, await controller.SumAsync("canaryanalyzer_passes_total", token));
        FigureTable.Progress($"watching for {window.TotalSeconds:0} s");
        await Task.Delay(window, token);
        var (kept, after) = (prometheus.Arrivals.Take(Interval), controller.Usage);
        passes = await controller.SumAsync("canaryanalyzer_passes_total", token) - passes;
        await Task.Delay(TimeSpan.FromSeconds(2), token); // the audit log's batches
        var table = new FigureTable($"{count} AnalysisRuns of {Metrics} metrics every {Interval.TotalSeconds:0} s, for {window.TotalSeconds:0} s");
        var expected = count * Metrics * window / Interval;
        table.Add("measurements made", $"{kept.Made} of {expected:0}", "all");
        table.Add("late p50, s", Punctuality.Quantile(kept.Late, 0.5), "0.000");
        table.Add("late p99, s", Punctuality.Quantile(kept.Late, 0.99), "0.000", count <= 1000 ? "≤ 0.3" : "≤ 1");
        table.Add("earliest, s", Punctuality.Quantile(kept.Late, 0), "0.000");
        table.Add("drift p50, s", Punctuality.Quantile(kept.Drift, 0.5), "0.000", "0");
        table.Add("CPU ms a measurement", (after.CpuSeconds - before.CpuSeconds) * 1000 / kept.Made, "0.00", "0.25 (floor)");
        table.Add("cores used", (after.CpuSeconds - before.CpuSeconds) / window.TotalSeconds, "0.00");
        table.Add("reconciles a measurement", passes / kept.Made, "0.00");
        table.Add("memory, MiB", after.ResidentMiB, "0");
        table.Add("all asked once after, s", asked.TotalSeconds, "0.0");
        if (cluster.Audit?.Read() is { } requests) table.Add("writes a measurement", (double)requests.Writes / kept.Made, "0.00");
        table.Write();
    }

    private static JsonObject Run(int i, string address) => new()
    {
        ["apiVersion"] = "argoproj.io/v1alpha1",
        ["kind"] = "AnalysisRun",
        ["metadata"] = new JsonObject { ["name"] = $"a{i}" },
        ["spec"] = new JsonObject
        {
            ["metrics"] = new JsonArray([.. Enumerable.Range(0, Metrics).Select(j => new JsonObject
            {
                ["name"] = $"m{j}",
                ["interval"] = $"{Interval.TotalSeconds:0}s",
                ["successCondition"] = "result[0] < 0.05",
                ["provider"] = new JsonObject { ["prometheus"] = new JsonObject { ["address"] = address, ["query"] = $"vector({Sampled}) + 0 * {i * Metrics + j}" } },
            })]),
        },
    };
}
