using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>
/// What every traffic router must do. A router passes it by a class for each cluster that inherits this one and brings the router's fixture; the clusters
/// are the API server of the tests, the local cluster, and a real API server where CANARY_KUBECONFIG names one.
/// </summary>
public abstract class TrafficRouterConformance<T>(T cluster, RouterFixture fixture) : IClassFixture<T>, IAsyncLifetime
    where T : class, IRouterCluster
{
    private static readonly ServiceNames Services = new(RouterFixture.Canary, RouterFixture.Stable);
    private readonly string route = "t" + Guid.NewGuid().ToString("N")[..10];
    private RecordingClient sent = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ITrafficRouter Router => fixture.Router;

    private ResourceType Type => Router.Types[0].Type;

    public async ValueTask InitializeAsync()
    {
        sent = new RecordingClient(cluster.Client);
        await cluster.InstallAsync(fixture.Definitions, Type);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_Rollout_names_routes_and_the_objects_behind_them()
    {
        var rollout = Rollout(fixture.Settings("one", "two"));
        var (spec, errors) = RolloutReader.Read(rollout);

        Assert.Empty(errors);
        Assert.Equal(
            [new RouteReference(Router.Field, Type.Kind, cluster.Namespace, "one"), new RouteReference(Router.Field, Type.Kind, cluster.Namespace, "two")],
            spec!.Strategy.Routes);
        Assert.Equal(
            [(Type, new ResourceKey(cluster.Namespace, "one")), (Type, new ResourceKey(cluster.Namespace, "two"))],
            TrafficRouters.Objects(rollout).Where(o => o.Type == Type));
        Assert.All(TrafficRouters.Objects(rollout), o => Assert.Contains(o.Type, Router.Types.Select(t => t.Type)));
        Assert.Equal(Router, Assert.Single(TrafficRouters.ChosenBy(rollout)));
        Assert.All(spec.Strategy.Routes, r => Assert.Equal(Router, TrafficRouters.Of(r)));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("[{}]")]
    public void Unreadable_settings_name_no_object(string settings) => Assert.Empty(TrafficRouters.Objects(Rollout(JsonNode.Parse(settings)!)));

    [Fact]
    public void Settings_that_name_no_route_are_an_error_with_the_path_of_the_field()
    {
        var errors = RolloutReader.Read(Rollout(new JsonObject())).Errors;

        Assert.StartsWith($"{TrafficRouters.Path}.{Router.Field}", Assert.Single(errors).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(100)]
    public async Task Weights_are_set_and_read_back(int weight)
    {
        await CreateAsync(route);

        var written = await WriteAsync(weight);

        Assert.True(written.Exists);
        Assert.True(written.Rules.Length > 1, "the fixture's route has two weighted rules");
        Assert.True(written.Carries(weight));
        Assert.Equal("", written.MissingBackend);
        var read = await ReadAsync();
        Assert.Equal(written with { Rules = [] }, read with { Rules = [] });
        Assert.Equal(written.Rules, read.Rules);
    }

    [Fact]
    public async Task Nothing_but_the_weights_changes()
    {
        var expected = await CreateAsync(route);
        fixture.Weigh(expected, 30);

        await WriteAsync(30);

        Assert.Equal(Content(expected), Content(await StoredAsync(route)));
        Assert.Equal([$"patch {cluster.Namespace}/{route}"], sent.Requests);
    }

    [Fact]
    public async Task Nothing_is_sent_where_the_weights_are_right()
    {
        await CreateAsync(route);
        await WriteAsync(50);
        sent.Requests.Clear();

        var written = await WriteAsync(50);

        Assert.True(written.Carries(50));
        Assert.Empty(sent.Requests);
    }

    [Fact]
    public async Task Weights_that_somebody_overwrites_are_restored()
    {
        await CreateAsync(route);
        await WriteAsync(20);
        await ChangeAsync(r => fixture.Weigh(r, 90));
        Assert.True((await ReadAsync()).Carries(90));

        await WriteAsync(20);

        Assert.True((await ReadAsync()).Carries(20));
    }

    [Fact]
    public async Task An_object_that_changed_since_it_was_read_is_a_conflict_and_remains()
    {
        await CreateAsync(route);
        var old = await ViewAsync(route);
        var changed = await ChangeAsync(fixture.Edit);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => WriteAsync(50, old));

        Assert.True(failure.IsConflict);
        Assert.Equal(Content(changed), Content(await StoredAsync(route)));
    }

    [Fact]
    public async Task A_backend_that_is_gone_since_the_route_was_read_is_a_conflict_and_no_failure()
    {
        await CreateAsync(route);
        var old = await ViewAsync(route);
        var changed = await ChangeAsync(fixture.RemoveCanary);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => WriteAsync(50, old));

        Assert.True(failure.IsConflict);
        Assert.Equal(Content(changed), Content(await StoredAsync(route)));
    }

    [Fact]
    public async Task A_missing_route_does_not_exist_and_cannot_be_written()
    {
        Assert.False((await ReadAsync()).Exists);

        var failure = await Assert.ThrowsAsync<ResourceException>(() => WriteAsync(50));

        Assert.True(failure.IsNotFound);
        Assert.Empty(sent.Requests);
    }

    [Fact]
    public async Task A_route_that_was_deleted_since_it_was_read_is_not_found()
    {
        await CreateAsync(route);
        var old = await ViewAsync(route);
        await cluster.Client.DeleteAsync(Type, Key(route), new DeleteOptions(), Token);

        Assert.True((await Assert.ThrowsAsync<ResourceException>(() => WriteAsync(50, old))).IsNotFound);
    }

    [Fact]
    public async Task A_route_without_the_canary_carries_no_weights_and_is_left_alone()
    {
        await CreateAsync(route);
        await ChangeAsync(fixture.RemoveCanary);

        var written = await WriteAsync(50);

        Assert.True(written.Exists);
        Assert.Empty(written.Rules);
        Assert.Contains(RouterFixture.Canary, written.MissingBackend, StringComparison.Ordinal);
        Assert.Contains(RouterFixture.Stable, written.MissingBackend, StringComparison.Ordinal);
        Assert.Empty(sent.Requests);
    }

    [Theory]
    [InlineData(RouterFixture.Acceptance.Unreported)]
    [InlineData(RouterFixture.Acceptance.Accepted)]
    [InlineData(RouterFixture.Acceptance.Pending)]
    [InlineData(RouterFixture.Acceptance.Refused)]
    public async Task A_report_on_a_route_is_read(RouterFixture.Acceptance acceptance)
    {
        var stored = await CreateAsync(route);
        if (!await ReportAsync(stored, acceptance)) return;

        var read = await ReadAsync();

        Assert.Equal(acceptance is RouterFixture.Acceptance.Accepted or RouterFixture.Acceptance.Unreported, read.IsAccepted);
        Assert.Equal(acceptance == RouterFixture.Acceptance.Refused, read.Complaint.Length > 0);
        Assert.Equal(acceptance == RouterFixture.Acceptance.Pending, read.Pending.Length > 0);
        Assert.True(read.Carries(0));
    }

    [Fact]
    public async Task From_version_to_version_each_weight_is_one_write_that_keeps_the_sum()
    {
        await CreateAsync(route);

        // The second version takes over and becomes the stable one; the third begins, and is aborted.
        foreach (var weight in (int[])[20, 50, 100, 0, 10, 60, 0])
        {
            sent.Requests.Clear();
            await WriteAsync(weight);

            Assert.Equal([$"patch {cluster.Namespace}/{route}"], sent.Requests);
            Assert.Equal([weight], (await ReadAsync()).Rules.Select(r => r.Canary).Distinct());
            Assert.All((await ReadAsync()).Rules, r => Assert.Equal(100, r.Canary + r.Stable));
        }
    }

    [Fact]
    public async Task Several_routes_are_written_each_for_itself()
    {
        var other = route + "-other";
        await CreateAsync(route);
        var before = await CreateAsync(other);
        var view = await ViewAsync(route, other);
        var references = RolloutReader.Read(Rollout(fixture.Settings(route, other))).Spec!.Strategy.Routes;

        var written = await WriteAsync(40, view);

        Assert.Equal(references[0], written.Reference);
        Assert.Equal(before.ToJsonString(), (await StoredAsync(other)).ToJsonString());
        var after = await ViewAsync(route, other);
        Assert.Equal([40, 0], references.Select(r => Router.Read(r, cluster.Namespace, Services, after).Rules[0].Canary));
    }

    // All that a user wrote: what the API server counts and dates, and what gateways report, is not a router's.
    private static string Content(JsonObject resource)
    {
        var content = (JsonObject)resource.DeepClone();
        content.Remove("status");
        foreach (var field in (string[])["resourceVersion", "generation", "managedFields"]) ((JsonObject)content["metadata"]!).Remove(field);
        return content.ToJsonString();
    }

    private JsonObject Rollout(JsonNode settings)
    {
        var rollout = SeedManifests.Rollout();
        rollout["metadata"]!["namespace"] = cluster.Namespace;
        var routing = Router.Field.Split('.', 2).Reverse().Aggregate(settings, (inner, field) => new JsonObject { [field] = inner });
        rollout["spec"]!["strategy"]!["canary"]!["trafficRouting"] = routing;
        return rollout;
    }

    private ResourceKey Key(string name) => new(cluster.Namespace, name);

    // A cluster's own gateways write an empty report, which another write would meet as a conflict; where it is there already, they write nothing.
    private async Task<JsonObject> CreateAsync(string name)
    {
        var created = await cluster.Client.CreateAsync(Type, cluster.Namespace, fixture.Route(cluster.Namespace, name), dryRun: false, Token);
        await ReportAsync(created, RouterFixture.Acceptance.Unreported);
        return await StoredAsync(name);
    }

    private async Task<bool> ReportAsync(JsonObject stored, RouterFixture.Acceptance acceptance)
    {
        if (fixture.Status(stored, acceptance) is not { } status) return false;
        await cluster.Client.MergePatchAsync(Type, Key(stored.Name()), new JsonObject { ["status"] = status }, "status", Token);
        return true;
    }

    private async Task<JsonObject> StoredAsync(string name) => (await cluster.Client.GetAsync(Type, Key(name), Token))!;

    private async Task<JsonObject> ChangeAsync(Action<JsonObject> change)
    {
        var changed = await StoredAsync(route);
        change(changed);
        var (metadata, content) = (changed["metadata"]!, new JsonArray());
        foreach (var map in (string[])["annotations", "labels"]) content.Add(Value($"/metadata/{map}", metadata[map] ?? new JsonObject()));
        content.Add(Value("/spec", changed["spec"]!));
        return await cluster.Client.JsonPatchAsync(Type, Key(route), content, null, Token);

        static JsonObject Value(string path, JsonNode value) => new() { ["op"] = "add", ["path"] = path, ["value"] = value.DeepClone() };
    }

    private async Task<IClusterView> ViewAsync(params string[] names) =>
        new SnapshotView(Type, (await Task.WhenAll(names.Select(n => cluster.Client.GetAsync(Type, Key(n), Token)))).OfType<JsonObject>());

    private RouteReference Reference() => new(Router.Field, Type.Kind, cluster.Namespace, route);

    private async Task<RouteObservation> ReadAsync() => Router.Read(Reference(), cluster.Namespace, Services, await ViewAsync(route));

    private async Task<RouteObservation> WriteAsync(int weight) => await WriteAsync(weight, await ViewAsync(route));

    private Task<RouteObservation> WriteAsync(int weight, IClusterView view) =>
        Router.WriteAsync(new Effect.SetRouteWeight(Reference(), Services.Canary, Services.Stable, weight), cluster.Namespace, sent, view, Token);
}
