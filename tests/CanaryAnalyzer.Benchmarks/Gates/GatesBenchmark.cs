using System.Text.Json.Nodes;
using CanaryAnalyzer.Benchmarks.Clusters;
using CanaryAnalyzer.Benchmarks.Fleet;
using CanaryAnalyzer.Benchmarks.Processes;
using CanaryAnalyzer.Benchmarks.Reporting;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.Files;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Benchmarks.Gates;

/// <summary>Many Rollouts in a judged pause at once, against a real Prometheus: what a look costs.</summary>
internal static class GatesBenchmark
{
    private const string First = "app:v1";
    private const string Second = "app:v2";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Past = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs it.</summary>
    /// <param name="choice">The cluster.</param>
    /// <param name="count">How many Rollouts.</param>
    /// <param name="programs">Where the programs are, or go; null for the usual place.</param>
    /// <param name="token">Ends it.</param>
    public static async Task RunAsync(BenchCluster choice, int count, string? programs, CancellationToken token)
    {
        var binary = PrometheusServer.Find() ?? throw new InvalidOperationException("There is no Prometheus: deploy/tools/get-prometheus.sh fetches one");
        var program = await Programs.ControllerAsync(programs, token);
        FigureTable.Progress("starting a cluster and a Prometheus");
        await using var cluster = await HollowCluster.OpenAsync(choice, token);
        await using var exporter = await PodExporter.StartAsync(cluster.Resources, token);
        await using var prometheus = await PrometheusServer.StartAsync(
            binary, $"global: {{scrape_interval: 2s}}\nscrape_configs: [{{job_name: pods, honor_labels: true, static_configs: [{{targets: [\"{exporter.Target}\"]}}]}}]\n", token);
        await using var controller = ControllerProcess.Start(program, cluster.ControllerKubeconfig, Path.Combine(Path.GetTempPath(), $"canary-gates-{Environment.ProcessId}.log"));
        await controller.ReadyAsync(token);
        var rollouts = RoutedRollout.Many(count, 1, RoutedRollout.PauseSteps);
        await BeginAsync(cluster, rollouts, prometheus.Address, token);
        FigureTable.Progress("letting the looks settle");
        await Task.Delay(TimeSpan.FromSeconds(60), token);

        cluster.Audit?.Read();
        var before = await PictureAsync(controller, cluster.Resources, prometheus.Address, token);
        FigureTable.Progress($"watching for {Window.TotalSeconds:0} s");
        await Task.Delay(Window, token);
        var after = await PictureAsync(controller, cluster.Resources, prometheus.Address, token);
        await Task.Delay(TimeSpan.FromSeconds(2), token); // the audit log's batches
        var looks = after.Looks - before.Looks;
        var table = new FigureTable($"{count} Rollouts in a judged pause (errors and latency), a look every {Interval.TotalSeconds:0} s, for {Window.TotalSeconds:0} s");
        table.Add("looks made", $"{looks} of {count * Window / Interval:0}", "all");
        table.Add("CPU ms a look", (after.CpuSeconds - before.CpuSeconds) * 1000 / looks, "0.0", "≤ 4");
        table.Add("queries a look", (after.Queries - before.Queries) / looks, "0.00", "≤ 3");
        table.Add("reconciles a look", (after.Passes - before.Passes) / looks, "0.00", "≤ 2");
        table.Add("memory, MiB", controller.Usage.ResidentMiB, "0");
        if (cluster.Audit?.Read() is { } requests)
        {
            table.Add("writes a look", (double)requests.Writes / looks, "0.00");
            table.Add("a look", requests, looks);
        }

        table.Write();
    }

    private static async Task BeginAsync(HollowCluster cluster, IReadOnlyList<RoutedRollout> rollouts, Uri prometheus, CancellationToken token)
    {
        FigureTable.Progress($"creating {rollouts.Count} Rollouts");
        await cluster.CreateAsync(Manifests.Read(Policy(prometheus)), token);
        await cluster.CreateAsync(rollouts.SelectMany(r => r.Surroundings), token);
        await cluster.CreateAsync(rollouts.Select(r => r.Manifest(First)), token);
        await FollowedRollouts.AllAsync(cluster.Resources, rollouts.Count, r => RoutedRollout.HasDelivered(r, First), Limit, token);
        FigureTable.Progress("letting the stable versions have a past");
        await Task.Delay(Past, token);
        await HollowCluster.EachAsync(
            rollouts, (r, t) => cluster.Resources.MergePatchAsync(ResourceType.Rollouts, new ResourceKey("default", r.Name), RoutedRollout.Delivery(Second), subresource: null, t), token);
        await FollowedRollouts.AllAsync(cluster.Resources, rollouts.Count, RoutedRollout.IsPaused, Limit, token);
    }

    private static async Task<Picture> PictureAsync(ControllerProcess controller, IResourceClient resources, Uri prometheus, CancellationToken token)
    {
        var runs = await resources.ListAsync(ResourceType.AnalysisRuns, new ListOptions { Namespace = "default" }, token);
        var queries = await QueriesAsync(prometheus, token);
        return new Picture(controller.Usage.CpuSeconds, await controller.SumAsync("canaryanalyzer_passes_total", token), queries, runs.Items.Sum(Looks));
    }

    private static async Task<double> QueriesAsync(Uri prometheus, CancellationToken token)
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(prometheus, "metrics"), token);
        return text.Split('\n').Where(line => line.StartsWith("prometheus_http_requests_total{", StringComparison.Ordinal) && line.Contains("/api/v1/", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static int Looks(JsonObject run)
    {
        var measurements = (run["status"]?["metricResults"] as JsonArray ?? []).SelectMany(m => m!["measurements"] as JsonArray ?? []);
        return measurements.Select(m => m!["value"]?.GetValue<string>() is { } value && JsonNode.Parse(value)?["look"] is { } look ? look.GetValue<int>() : 0).Sum();
    }

    private static string Policy(Uri prometheus) => $$$"""
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: canary-vs-stable}
        spec:
          args: [{name: namespace}, {name: canary-pods}, {name: stable-pods}]
          metrics:
          - name: canary-vs-stable
            provider:
              plugin:
                canaryanalyzer/compare:
                  address: {{{prometheus.GetLeftPart(UriPartial.Authority)}}}
                  interval: 10s
                  minDuration: 20m
                  maxDuration: 30m
                  measures:
                  - name: errors
                    errorRate:
                      requests: http_requests_received_total{namespace="{{args.namespace}}"}
                      errors: http_requests_received_total{namespace="{{args.namespace}}",code=~"5.."}
                  - name: latency
                    latency: {histogram: 'http_request_duration_seconds{namespace="{{args.namespace}}"}'}
        ---
        apiVersion: canaryanalyzer.io/v1alpha1
        kind: PromotionPolicy
        metadata: {name: web}
        spec: {selector: {matchLabels: {delivery: automatic}}, mode: Enforce, templates: [{templateName: canary-vs-stable}], maxDuration: 30m, onSuccessful: Promote, onFailed: Abort, onInconclusive: Wait}
        """;

    private sealed record Picture(double CpuSeconds, double Passes, double Queries, int Looks);
}
