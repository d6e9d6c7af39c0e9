using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class ClusterCachesTests : IAsyncLifetime
{
    private readonly CancellationTokenSource stopping = new();
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;
    private Task running = Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
        connection.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Pods_of_Rollouts_alone_are_kept_without_their_specs()
    {
        server.Store.Put("pods", Pod("web-abc-1", """{"rollouts-pod-template-hash": "abc"}"""));
        server.Store.Put("pods", Pod("other-1", """{"app": "other"}"""));

        var caches = await StartAsync();

        var kept = Assert.Single(caches.InNamespace(ResourceType.Pods, "team"));
        Assert.Equal("web-abc-1", kept.Name());
        Assert.Null(kept["spec"]);
    }

    [Fact]
    public async Task Controller_that_may_not_read_pods_works_without_them()
    {
        server.Inject(Fault.Answer(403, "Forbidden"), r => r.Plural == "pods", times: int.MaxValue);

        var caches = await StartAsync();

        Assert.Empty(caches.InNamespace(ResourceType.Pods, "team"));
    }

    private async Task<ClusterCaches> StartAsync()
    {
        var caches = new ClusterCaches(connection.Resources, "team", TimeProvider.System, NullLogger<ResourceCache>.Instance);
        running = caches.RunAsync(stopping.Token);
        await caches.SyncedAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        return caches;
    }

    private static JsonObject Pod(string name, string labels) => (JsonObject)JsonNode.Parse($$"""
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "{{name}}", "namespace": "team", "labels": {{labels}}}, "spec": {"containers": [{"name": "app"}] }, "status": {"phase": "Running"} }
        """)!;
}
