using System.Diagnostics;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.LocalCluster;
using CanaryAnalyzer.Testing.Files;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>What the stories share: a local cluster with its gateway, and a real Prometheus that scrapes its pods every second. Each story has a namespace of its own.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly Lazy<string?> Binary = new(FindPrometheus);
    private readonly string folder;
    private readonly ClusterConnection connection;

    private Stage(string folder, RunningCluster cluster, PrometheusServer prometheus)
    {
        (this.folder, Cluster, Server) = (folder, cluster, prometheus);
        connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = cluster.KubeconfigPath, UserAgent = "end-to-end" }, TimeProvider.System);
    }

    /// <summary>A folder with canaryctl as the plugin of kubectl; first in the path of commands.</summary>
    public string Programs => folder;

    /// <summary>The path of a Prometheus; null where none can be had.</summary>
    public static string? Prometheus => Binary.Value;

    public RunningCluster Cluster { get; }

    public PrometheusServer Server { get; }

    public IResourceClient Resources => connection.Resources;

    public static async Task<Stage> OpenAsync(CancellationToken token)
    {
        var temporary = Directory.CreateTempSubdirectory("canary-stage-").FullName;
        var images = Path.Combine(temporary, "images.yaml");
        await File.WriteAllTextAsync(images, Versions.Images, token);
        File.CreateSymbolicLink(Path.Combine(temporary, "kubectl-argo-rollouts"), CommandLine.Canaryctl);
        var cluster = await RunningCluster.StartAsync(new LocalClusterOptions
        {
            ImagesFile = images,
            Manifests = [Repository.PathOf("deploy/demo/gateway-api"), Repository.PathOf("deploy/crds")],
        }, token);
        cluster.Apply(Gateway);
        var prometheus = await PrometheusServer.StartAsync(Prometheus!, Configuration(cluster), token);
        return new Stage(temporary, cluster, prometheus);
    }

    /// <summary>A kubeconfig whose context has a namespace.</summary>
    public async Task<string> KubeconfigAsync(string ns)
    {
        var file = Path.Combine(folder, $"kubeconfig-{ns}");
        if (File.Exists(file)) return file;
        var text = await File.ReadAllTextAsync(Cluster.KubeconfigPath);
        await File.WriteAllTextAsync(file, text.Replace("namespace: default", $"namespace: {ns}", StringComparison.Ordinal));
        return file;
    }

    /// <summary>The token of the one user whom the cluster knows.</summary>
    public async Task<string> TokenAsync() =>
        (await File.ReadAllLinesAsync(Cluster.KubeconfigPath)).Select(line => line.Trim()).First(line => line.StartsWith("token:", StringComparison.Ordinal))["token:".Length..].Trim(' ', '"');

    /// <summary>A Prometheus' configuration: the pods, labelled as usual, and controllers by the ports of their metrics.</summary>
    public static string Configuration(RunningCluster cluster, params IEnumerable<int> controllers) => $$"""
        global: {scrape_interval: 1s, scrape_timeout: 900ms}
        scrape_configs:
        - job_name: pods
          http_sd_configs: [{url: "{{cluster.TargetsUrl}}", refresh_interval: 1s}]
          relabel_configs:
          - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
          - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
          - {action: labelmap, regex: __meta_kubernetes_pod_label_(rollouts_pod_template_hash)}
        - job_name: controllers
          honor_labels: true
          static_configs: [{targets: [{{string.Join(", ", controllers.Select(port => $"\"127.0.0.1:{port}\""))}}]}]

        """;

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await Server.DisposeAsync();
        await Cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string? FindPrometheus()
    {
        if (PrometheusServer.Find() is { } known) return known;
        using var fetching = Process.Start(new ProcessStartInfo("bash", [Repository.PathOf("deploy/tools/get-prometheus.sh")]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var path = fetching.StandardOutput.ReadToEnd().Trim();
        fetching.WaitForExit();
        return fetching.ExitCode == 0 ? path : null;
    }

    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: door, namespace: default}
        spec:
          gatewayClassName: local
          listeners:
          - {name: web, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
        """;
}
