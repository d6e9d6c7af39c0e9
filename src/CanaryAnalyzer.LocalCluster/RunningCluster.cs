using CanaryAnalyzer.LocalCluster.Admission;
using CanaryAnalyzer.LocalCluster.Api;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Gateway;
using CanaryAnalyzer.LocalCluster.Manifests;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Pods;
using CanaryAnalyzer.LocalCluster.Storage;
using CanaryAnalyzer.LocalCluster.Tables;
using CanaryAnalyzer.LocalCluster.Workloads;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.LocalCluster;

/// <summary>
/// A small Kubernetes in this process: API server, the controllers of Deployments, ReplicaSets and EndpointSlices, pods that are HTTP servers on
/// loopback, and a gateway that splits traffic by HTTPRoute. Everything is in memory and ends with the process.
/// </summary>
public sealed class RunningCluster : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly ManifestLoader _loader;
    private string? _folder;

    private RunningCluster(ManifestLoader loader) => _loader = loader;

    /// <summary>The file with which kubectl and controllers reach the cluster.</summary>
    public string KubeconfigPath { get; private set; } = "";

    /// <summary>The Kubernetes API.</summary>
    public Uri ApiUrl { get; private set; } = null!;

    /// <summary>The gateway: <c>curl -H 'Host: example.com' GatewayUrl</c> reaches the pods behind the HTTPRoute of that host.</summary>
    public Uri GatewayUrl { get; private set; } = null!;

    /// <summary>The pods, for Prometheus' <c>http_sd_configs</c>.</summary>
    public Uri TargetsUrl { get; private set; } = null!;

    /// <summary>
    /// Starts the cluster; when the task completes, the API answers and the manifests stand.
    /// </summary>
    /// <exception cref="IOException">A port is in use.</exception>
    /// <exception cref="ManifestException">A manifest cannot be read, or is refused.</exception>
    public static async Task<RunningCluster> StartAsync(LocalClusterOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = new MemoryObjectStore(options.History);
        var registry = new ResourceRegistry();
        var definitions = new DefinitionWatcher(registry, options.Time);
        var writer = new ObjectWriter(store, registry, new Admitter(definitions, new ServiceAddresses()), options.Time);
        var remover = new ObjectRemover(store, definitions, options.Time);
        var cluster = new RunningCluster(new ManifestLoader(writer));
        try
        {
            await cluster.StartPartsAsync(options, store, registry, writer, remover, token);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates or replaces what a YAML text describes, as <c>kubectl apply</c> would the first time.</summary>
    /// <exception cref="ManifestException">The text cannot be read, or an object is refused.</exception>
    public void Apply(string yaml) => _loader.Apply(yaml, "the manifest");

    /// <summary>Creates or replaces what a file, or the <c>*.yaml</c> files of a folder, describe.</summary>
    /// <exception cref="ManifestException">A file cannot be read, or an object is refused.</exception>
    public void ApplyPath(string path) => _loader.ApplyPath(path);

    /// <summary>Stops pods, gateway and API, and removes the kubeconfig.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
            await _parts[i].DisposeAsync();
        _parts.Clear();
        if (KubeconfigPath.Length > 0)
            File.Delete(KubeconfigPath);
        if (_folder is not null && Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StartPartsAsync(
        LocalClusterOptions options, IObjectStore store, ResourceRegistry registry, ObjectWriter writer, ObjectRemover remover, CancellationToken token)
    {
        _loader.Begin();
        foreach (var path in options.Manifests)
            _loader.ApplyPath(path);
        var images = options.ImagesFile is null ? ImageCatalogue.Empty : ImageCatalogue.Read(options.ImagesFile);

        var logs = new PodLogs(store);
        var identity = new ServerIdentity(options.Time.GetUtcNow());
        var answers = new Answers(new TableWriter(options.Time));
        var resources = new ResourceRequests(
            registry, new ReadRequests(store, answers), new WatchRequests(store, answers, options.Time),
            new WriteRequests(writer, remover, answers, options.Time), new ScaleRequests(writer), new ReviewRequests(identity), logs);
        var server = await ApiServer.StartAsync(options.ApiPort, identity, resources, new DocumentRequests(new DiscoveryDocuments(registry)), options.Logs, token);
        _parts.Add(server);
        ApiUrl = server.Url;
        var routes = new RouteTable();
        var gateway = await GatewayServer.StartAsync(options.GatewayPort, routes, store, token);
        _parts.Add(gateway);
        GatewayUrl = gateway.Url;
        TargetsUrl = new Uri(gateway.Url, GatewayServer.TargetsPath);

        var events = new EventRecorder(writer, options.Time);
        _parts.Add(new PodRunner(new PodEnvironment(writer, images, new LoopbackAddresses(), events, logs, options.Time)));
        IController[] controllers =
        [
            new GarbageCollector(writer, remover), new DeploymentController(writer, remover, events), new ReplicaSetController(writer, remover, events),
            new EndpointSliceController(writer, remover), new GatewayController(writer, routes, gateway.Url),
        ];
        _parts.Add(new ControlLoop(store, controllers, options.Time, options.Logs.CreateLogger<ControlLoop>()));

        KubeconfigPath = options.KubeconfigPath ?? Path.Combine(_folder = Directory.CreateTempSubdirectory("canary-local-").FullName, "kubeconfig");
        Kubeconfig.Write(KubeconfigPath, Kubeconfig.Text(ApiUrl, identity));
    }
}
