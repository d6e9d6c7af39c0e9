using System.Diagnostics;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Benchmarks.Clusters;
using CanaryAnalyzer.Benchmarks.Fleet;
using CanaryAnalyzer.Benchmarks.Processes;
using CanaryAnalyzer.Benchmarks.Reporting;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Benchmarks.Starting;

/// <summary>How long the controller takes from its start until it is ready, and until its first decision is written, with leader election.</summary>
internal static class StartBenchmark
{
    private const int Repeats = 7;

    /// <summary>Runs it.</summary>
    /// <param name="choice">The cluster.</param>
    /// <param name="programs">Where the programs are, or go; null for the usual place.</param>
    /// <param name="token">Ends it.</param>
    public static async Task RunAsync(BenchCluster choice, string? programs, CancellationToken token)
    {
        var program = await Programs.ControllerAsync(programs, token);
        FigureTable.Progress("starting a cluster");
        await using var cluster = await HollowCluster.OpenAsync(choice, token);
        var rollouts = RoutedRollout.Many(Repeats, 1, RoutedRollout.ShortSteps);
        await cluster.CreateAsync(rollouts.SelectMany(r => r.Surroundings), token);
        var (ready, decided, memory) = (new List<double>(), new List<double>(), new List<int>());
        foreach (var rollout in rollouts)
        {
            FigureTable.Progress($"start {ready.Count + 1} of {Repeats}");
            await cluster.CreateAsync([rollout.Manifest("app:v1")], token);
            var started = Stopwatch.GetTimestamp();
            var first = FirstDecisionAsync(cluster.Resources, rollout.Name, started, token);
            await using var controller = ControllerProcess.Start(program, cluster.ControllerKubeconfig, Path.Combine(Path.GetTempPath(), $"canary-start-{Environment.ProcessId}.log"));
            await controller.ReadyAsync(token);
            ready.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            decided.Add((await first).TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(1), token);
            memory.Add(controller.Usage.ResidentMiB);
        }

        var table = new FigureTable($"start of the controller, median of {Repeats}");
        table.Add("ready, s", Median(ready), "0.00", "≤ 0.5");
        table.Add("first decision written, s", Median(decided), "0.00", "≤ 0.7");
        table.Add("memory a second later, MiB", memory.Order().ElementAt(Repeats / 2), "0", "≤ 80");
        table.Write();
    }

    private static double Median(IEnumerable<double> all) => all.Order().ElementAt(Repeats / 2);

    private static async Task<TimeSpan> FirstDecisionAsync(IResourceClient resources, string name, long started, CancellationToken token)
    {
        var options = new ListOptions { Namespace = "default", FieldSelector = $"metadata.name={name}" };
        var list = await resources.ListAsync(ResourceType.Rollouts, options, token);
        await foreach (var change in resources.WatchAsync(ResourceType.Rollouts, options, list.ResourceVersion, token))
        {
            if (change.Object["status"] is JsonObject { Count: > 0 }) return Stopwatch.GetElapsedTime(started);
        }

        throw new InvalidOperationException("The watch ended before the first decision");
    }
}
