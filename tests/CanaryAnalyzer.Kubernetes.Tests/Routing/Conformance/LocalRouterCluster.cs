using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.LocalCluster;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>The local cluster.</summary>
public sealed class LocalRouterCluster : IRouterCluster
{
    private RunningCluster cluster = null!;
    private ClusterConnection connection = null!;
    private bool isInstalled;

    public IResourceClient Client => connection.Resources;

    public string Namespace => "default";

    public async ValueTask InitializeAsync()
    {
        cluster = await RunningCluster.StartAsync(new LocalClusterOptions(), CancellationToken.None);
        connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = cluster.KubeconfigPath }, TimeProvider.System);
    }

    public Task InstallAsync(IReadOnlyList<string> definitions, ResourceType type)
    {
        if (isInstalled) return Task.CompletedTask;
        foreach (var file in definitions) cluster.ApplyPath(Repository.PathOf(file));
        isInstalled = true;
        return Served.WaitAsync(Client, type, Namespace);
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await cluster.DisposeAsync();
    }
}
