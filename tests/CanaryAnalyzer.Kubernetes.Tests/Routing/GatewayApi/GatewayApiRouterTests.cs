using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Routing.GatewayApi;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.GatewayApi;

/// <summary>What is the Gateway API's own; the rest is in the conformance suite.</summary>
public sealed class GatewayApiRouterTests : IAsyncLifetime
{
    private static readonly Effect.SetRouteWeight Half =
        new(new RouteReference(GatewayApiRouter.FieldName, "HTTPRoute", "team", "web"), "web-canary", "web-stable", 50);

    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_rule_that_is_gone_since_the_cache_saw_it_is_a_conflict_and_no_failure()
    {
        var view = new StoreView(server.Store);
        view.Frozen["httproutes/team/web"] = server.Store.Put(ResourceType.HttpRoutes.QualifiedName, SeedManifests.Route());
        server.Store.Change(ResourceType.HttpRoutes.QualifiedName, "team", "web", r => r["spec"]!["rules"]!.AsArray().RemoveAt(2));

        var failure = await Assert.ThrowsAsync<ResourceException>(
            () => new GatewayApiRouter().WriteAsync(Half, "team", connection.Resources, view, Token));

        Assert.True(failure.IsConflict);
    }

    [Fact]
    public async Task A_backend_without_a_weight_gets_one()
    {
        var route = SeedManifests.Route();
        foreach (var backend in (int[])[0, 1]) route["spec"]!["rules"]![0]!["backendRefs"]![backend]!.AsObject().Remove("weight");
        server.Store.Put(ResourceType.HttpRoutes.QualifiedName, route);

        await new GatewayApiRouter().WriteAsync(Half with { CanaryWeight = 0 }, "team", connection.Resources, new StoreView(server.Store), Token);

        var stored = server.Store.Find(ResourceType.HttpRoutes.QualifiedName, "team", "web")!;
        Assert.Equal([0, 100], stored["spec"]!["rules"]![0]!["backendRefs"]!.AsArray().Take(2).Select(b => b!["weight"]!.GetValue<int>()));
    }
}
