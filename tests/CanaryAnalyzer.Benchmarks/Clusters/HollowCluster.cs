using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Benchmarks.Processes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Benchmarks.Clusters;

/// <summary>A real API server whose pods turn ready by themselves, with the CRDs, and with an audit log where requests shall be counted.</summary>
internal sealed class HollowCluster : IAsyncDisposable
{
    private const string User = "controller";
    private readonly ClusterConnection connection;
    private readonly Func<Task> stop;

    private HollowCluster(string kubeconfig, string controllerKubeconfig, AuditLog? audit, Func<Task> stop)
    {
        (ControllerKubeconfig, Audit, this.stop) = (controllerKubeconfig, audit, stop);
        connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = kubeconfig, UserAgent = "benchmarks" }, TimeProvider.System);
    }

    /// <summary>As whom the controller works: the user whose requests the audit log counts.</summary>
    public string ControllerKubeconfig { get; }

    /// <summary>The requests of the controller; null where nobody writes them down.</summary>
    public AuditLog? Audit { get; }

    /// <summary>The cluster, as its administrator.</summary>
    public IResourceClient Resources => connection.Resources;

    /// <summary>Starts a cluster, or takes the one that is named.</summary>
    public static async Task<HollowCluster> OpenAsync(BenchCluster choice, CancellationToken token)
    {
        HollowCluster cluster;
        if (choice.Kubeconfig is { } named)
            cluster = new HollowCluster(named, named, choice.Audit is { } log ? new AuditLog(log, User) : null, () => Task.CompletedTask);
        else
            cluster = await StartAsync(choice.Port, token);
        await cluster.InstallAsync(token);
        return cluster;
    }

    /// <summary>Creates objects, eight at a time; one that is there already stays.</summary>
    public Task CreateAsync(IEnumerable<JsonObject> objects, CancellationToken token) => EachAsync(objects, CreateAsync, token);

    /// <summary>Does something to many objects, eight at a time, as eight users would.</summary>
    public static Task EachAsync<T>(IEnumerable<T> all, Func<T, CancellationToken, Task> work, CancellationToken token) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = token }, async (one, t) => await work(one, t));

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await stop();
    }

    private static async Task<HollowCluster> StartAsync(int port, CancellationToken token)
    {
        var tool = Path.GetFullPath(Repository.PathOf("../shared/cluster/cluster"));
        if (!File.Exists(tool)) throw new InvalidOperationException("There is no ../shared/cluster/cluster beside the checkout: name a cluster with --kubeconfig");
        var folder = Directory.CreateTempSubdirectory("canary-bench-").FullName;
        var (run, policy, log) = (Path.Combine(folder, "run"), Path.Combine(folder, "audit.yaml"), Path.Combine(folder, "audit.log"));
        await File.WriteAllTextAsync(policy, AuditLog.PolicyFor(User), token);
        var settings = new Dictionary<string, string>
        {
            ["CLUSTER_RUN"] = run,
            ["CLUSTER_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["CLUSTER_API_ARGS"] = $"--audit-policy-file={policy} --audit-log-path={log} --audit-log-mode=batch --audit-log-batch-max-wait=1s",
        };
        await Command.RunAsync(tool, ["up", "hollow"], settings, token);
        return new HollowCluster(Path.Combine(run, "admin.kubeconfig"), Path.Combine(run, "controller.kubeconfig"), new AuditLog(log, User), async () =>
        {
            await Command.RunAsync(tool, ["down"], settings, CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        });
    }

    private async Task InstallAsync(CancellationToken token)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("deploy/demo/gateway-api"), "*.yaml").Concat(Directory.EnumerateFiles(Repository.PathOf("deploy/crds"), "*.yaml")))
        {
            foreach (var definition in Manifests.Read(await File.ReadAllTextAsync(file, token)).Where(d => d["kind"]?.GetValue<string>() == "CustomResourceDefinition")) await CreateAsync(definition, token);
        }

        await Waiting.UntilAsync(IsInstalledAsync, TimeSpan.FromSeconds(60), "the CRDs", token);
    }

    private async Task<bool> IsInstalledAsync()
    {
        try
        {
            foreach (var type in new[] { ResourceType.Rollouts, ResourceType.AnalysisRuns, ResourceType.PromotionPolicies, ResourceType.HttpRoutes })
                await Resources.ListAsync(type, new ListOptions(), CancellationToken.None);
            return true;
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    private async Task CreateAsync(JsonObject resource, CancellationToken token)
    {
        var type = TypeOf(resource["kind"]!.GetValue<string>());
        try
        {
            await Resources.CreateAsync(type, type.Namespaced ? "default" : null, resource, dryRun: false, token);
        }
        catch (ResourceException failure) when (failure.Status == HttpStatusCode.Conflict)
        {
            // It is there.
        }
    }

    private static ResourceType TypeOf(string kind) => kind switch
    {
        "Rollout" => ResourceType.Rollouts,
        "Service" => ResourceType.Services,
        "HTTPRoute" => ResourceType.HttpRoutes,
        "AnalysisRun" => ResourceType.AnalysisRuns,
        "AnalysisTemplate" => ResourceType.AnalysisTemplates,
        "PromotionPolicy" => ResourceType.PromotionPolicies,
        "CustomResourceDefinition" => ResourceType.CustomResourceDefinitions,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not for benchmarks"),
    };
}
