using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>
/// The API server that the variable CANARY_KUBECONFIG names. It gets a namespace and, where they are missing, definitions, and loses them afterwards.
/// </summary>
public sealed class RealRouterCluster : IRouterCluster
{
    private readonly List<ResourceKey> installed = [];
    private ClusterConnection? connection;

    public IResourceClient Client
    {
        get
        {
            Assert.SkipWhen(connection is null, "no real API server: CANARY_KUBECONFIG names none");
            return connection.Resources;
        }
    }

    public string Namespace { get; } = $"canary-router-{Guid.NewGuid():N}"[..30];

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("CANARY_KUBECONFIG") is not { Length: > 0 } kubeconfig) return;
        connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = kubeconfig }, TimeProvider.System);
        await Client.CreateAsync(
            ResourceType.Namespaces, null, new JsonObject { ["metadata"] = new JsonObject { ["name"] = Namespace } }, dryRun: false, CancellationToken.None);
    }

    public async Task InstallAsync(IReadOnlyList<string> definitions, ResourceType type)
    {
        foreach (var definition in definitions.SelectMany(Manifests.In))
        {
            var key = new ResourceKey(null, definition.Name());
            if (await Client.GetAsync(ResourceType.CustomResourceDefinitions, key, CancellationToken.None) is not null) continue;
            await Client.CreateAsync(ResourceType.CustomResourceDefinitions, null, definition, dryRun: false, CancellationToken.None);
            installed.Add(key);
        }

        await Served.WaitAsync(Client, type, Namespace);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is null) return;
        await Client.DeleteAsync(ResourceType.Namespaces, new ResourceKey(null, Namespace), new DeleteOptions(), CancellationToken.None);
        foreach (var key in installed) await Client.DeleteAsync(ResourceType.CustomResourceDefinitions, key, new DeleteOptions(), CancellationToken.None);
        connection.Dispose();
    }
}
