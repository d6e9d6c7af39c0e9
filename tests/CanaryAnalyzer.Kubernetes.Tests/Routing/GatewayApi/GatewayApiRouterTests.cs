using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Routing.GatewayApi;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.GatewayApi;

public sealed class GatewayApiRouterTests : IAsyncLifetime
{
    private static readonly Effect.SetRouteWeight Half = new(new RouteReference("team", "web"), "web-canary", "web-stable", 50);
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private GatewayApiRouter Router => new(connection.Resources, new StoreView(server.Store));

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
    public async Task Nothing_but_the_weights_changes()
    {
        server.Store.Put(ResourceType.HttpRoutes.QualifiedName, SeedManifests.Route());

        await Router.SetWeightAsync(Half, "team", Token);

        var expected = SeedManifests.Route()["spec"]!;
        foreach (var (rule, backend) in ((int, int)[])[(0, 0), (0, 1), (2, 0), (2, 1)]) expected["rules"]![rule]!["backendRefs"]![backend]!["weight"] = 50;
        Assert.Equal(expected.ToJsonString(), Stored()["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task Nothing_is_sent_when_it_stands_so_already()
    {
        server.Store.Put(ResourceType.HttpRoutes.QualifiedName, SeedManifests.Route());
        await Router.SetWeightAsync(Half, "team", Token);
        var before = Stored()["metadata"]!["resourceVersion"]!.GetValue<string>();

        await Router.SetWeightAsync(Half, "team", Token);

        Assert.Equal(before, Stored()["metadata"]!["resourceVersion"]!.GetValue<string>());
        Assert.Single(server.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public async Task A_change_in_between_is_a_conflict_and_wins()
    {
        server.Store.Put(ResourceType.HttpRoutes.QualifiedName, SeedManifests.Route());
        server.Inject(
            Fault.First(() => server.Store.Change(ResourceType.HttpRoutes.QualifiedName, "team", "web", r => r["spec"]!["hostnames"] = new JsonArray("new.example.com"))),
            r => r.Method == "PATCH");

        var failure = await Assert.ThrowsAsync<ResourceException>(() => Router.SetWeightAsync(Half, "team", Token));

        Assert.True(failure.IsConflict);
        Assert.Equal("new.example.com", Stored()["spec"]!["hostnames"]![0]!.GetValue<string>());
        Assert.Equal(0, Stored()["spec"]!["rules"]![0]!["backendRefs"]![0]!["weight"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_route_is_read_from_the_cache_alone()
    {
        server.Store.Put(ResourceType.HttpRoutes.QualifiedName, SeedManifests.Route());

        await Router.SetWeightAsync(Half, "team", Token);

        Assert.Equal("PATCH", Assert.Single(server.Requests).Method);
    }

    [Fact]
    public async Task A_rule_that_is_gone_since_the_cache_saw_it_is_a_conflict_and_no_failure()
    {
        var view = new StoreView(server.Store);
        view.Frozen["httproutes/team/web"] = server.Store.Put(ResourceType.HttpRoutes.QualifiedName, SeedManifests.Route());
        server.Store.Change(ResourceType.HttpRoutes.QualifiedName, "team", "web", r => r["spec"]!["rules"]!.AsArray().RemoveAt(2));

        var failure = await Assert.ThrowsAsync<ResourceException>(() => new GatewayApiRouter(connection.Resources, view).SetWeightAsync(Half, "team", Token));

        Assert.True(failure.IsConflict);
    }

    [Fact]
    public async Task A_backend_without_a_weight_gets_one()
    {
        var route = SeedManifests.Route();
        foreach (var backend in (int[])[0, 1]) ((JsonObject)route["spec"]!["rules"]![0]!["backendRefs"]![backend]!).Remove("weight");
        server.Store.Put(ResourceType.HttpRoutes.QualifiedName, route);

        await Router.SetWeightAsync(Half with { CanaryWeight = 0 }, "team", Token);

        Assert.Equal([0, 100], Stored()["spec"]!["rules"]![0]!["backendRefs"]!.AsArray().Take(2).Select(b => b!["weight"]!.GetValue<int>()));
    }

    private JsonObject Stored() => server.Store.Find(ResourceType.HttpRoutes.QualifiedName, "team", "web")!;
}
