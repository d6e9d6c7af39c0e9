using System.Text.Json.Nodes;
using CanaryAnalyzer.Benchmarks.Clusters;
using CanaryAnalyzer.Benchmarks.Processes;
using CanaryAnalyzer.Benchmarks.Reporting;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Benchmarks.Fleet;

/// <summary>Many routed Rollouts, created at once and then all given a new image at once: time, requests, CPU and memory until every old pod is gone.</summary>
internal static class FleetBenchmark
{
    private const string First = "app:v1";
    private const string Second = "app:v2";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>Runs it.</summary>
    /// <param name="choice">The cluster.</param>
    /// <param name="count">How many Rollouts.</param>
    /// <param name="programs">Where the programs are, or go; null for the usual place.</param>
    /// <param name="token">Ends it.</param>
    public static async Task RunAsync(BenchCluster choice, int count, string? programs, CancellationToken token)
    {
        var program = await Programs.ControllerAsync(programs, token);
        FigureTable.Progress("starting a cluster");
        await using var cluster = await HollowCluster.OpenAsync(choice, token);
        var rollouts = RoutedRollout.Many(count, 2, RoutedRollout.ShortSteps);
        await cluster.CreateAsync(rollouts.SelectMany(r => r.Surroundings), token);
        await using var controller = ControllerProcess.Start(program, cluster.ControllerKubeconfig, Path.Combine(Path.GetTempPath(), $"canary-fleet-{Environment.ProcessId}.log"));
        await controller.ReadyAsync(token);
        await Task.Delay(TimeSpan.FromSeconds(3 + count / 100), token);
        var table = new FigureTable($"{count} routed Rollouts of 2 replicas: half the weight, 3 s, all of the weight");
        table.Add("memory before them, MiB", controller.Usage.ResidentMiB, "0", "≤ 80");
        cluster.Audit?.Read();

        FigureTable.Progress($"creating {count} Rollouts");
        await MeasureAsync("created", () => cluster.CreateAsync(rollouts.Select(r => r.Manifest(First)), token), First);
        FigureTable.Progress($"updating {count} Rollouts");
        await MeasureAsync("updated", () => HollowCluster.EachAsync(rollouts, (r, t) => DeliverAsync(cluster.Resources, r.Name, t), token), Second);
        FigureTable.Progress($"resting for {Rest.TotalSeconds:0} s");
        var before = controller.Usage;
        await Task.Delay(Rest, token);
        var after = controller.Usage;
        table.Add("memory afterwards, MiB (peak)", $"{after.ResidentMiB} ({after.PeakMiB})", count <= 300 ? "≤ 140" : "≤ 220");
        table.Add("CPU at rest, s a minute", (after.CpuSeconds - before.CpuSeconds) * 60 / Rest.TotalSeconds, "0.00");
        table.Write();

        async Task MeasureAsync(string what, Func<Task> begin, string image)
        {
            var used = controller.Usage.CpuSeconds;
            var converging = FollowedRollouts.AllAsync(cluster.Resources, count, r => RoutedRollout.HasDelivered(r, image), Limit, token);
            await begin();
            table.Add($"{what}: all Healthy, s", (await converging).TotalSeconds, "0.0", what == "updated" ? "≤ 25" : "");
            await Waiting.UntilAsync(() => OldOnesAreGoneAsync(cluster.Resources, token), TimeSpan.FromMinutes(3), "the old ReplicaSets to be scaled to 0", token);
            await Task.Delay(TimeSpan.FromSeconds(5), token); // the audit log's batches, and what follows the last pod
            table.Add($"{what}: CPU s each", (controller.Usage.CpuSeconds - used) / count, "0.000", what == "updated" ? "≤ 0.03" : "");
            table.Add($"{what}: memory, MiB", controller.Usage.ResidentMiB, "0");
            if (cluster.Audit?.Read() is not { } requests) return;
            table.Add($"{what}: requests each (writes)", $"{(double)requests.Total / count:0.0} ({(double)requests.Writes / count:0.0})", what == "updated" ? "≤ 22" : "");
            table.Add(what, requests, count);
        }
    }

    /// <summary>Gives a Rollout the second image, as a user would.</summary>
    private static Task<JsonObject> DeliverAsync(IResourceClient resources, string name, CancellationToken token) =>
        resources.MergePatchAsync(ResourceType.Rollouts, new ResourceKey("default", name), RoutedRollout.Delivery(Second), subresource: null, token);

    private static async Task<bool> OldOnesAreGoneAsync(IResourceClient resources, CancellationToken token)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), token);
        var (rollouts, sets) = (await AllAsync(ResourceType.Rollouts), await AllAsync(ResourceType.ReplicaSets));
        return sets.Count(s => s["spec"]!["replicas"]!.GetValue<int>() > 0) <= rollouts.Count
            && sets.All(s => (s["status"]!["replicas"]?.GetValue<int>() ?? 0) == s["spec"]!["replicas"]!.GetValue<int>());

        async Task<IReadOnlyList<JsonObject>> AllAsync(ResourceType type) => (await resources.ListAsync(type, new ListOptions { Namespace = "default" }, token)).Items;
    }
}
