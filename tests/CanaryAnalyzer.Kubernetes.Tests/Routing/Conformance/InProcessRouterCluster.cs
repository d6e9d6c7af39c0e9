using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>The API server of the tests, which takes any kind.</summary>
public sealed class InProcessRouterCluster : IRouterCluster
{
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;

    public IResourceClient Client => connection.Resources;

    public string Namespace => "team";

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
    }

    public Task InstallAsync(IReadOnlyList<string> definitions, ResourceType type) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await server.DisposeAsync();
    }
}
