using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Api;

public sealed class ResourceClientTests : IAsyncLifetime
{
    private static readonly ResourceKey Web = new("team", "web");
    private InProcessApiServer _server = null!;
    private ClusterConnection _connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IResourceClient Client => _connection.Resources;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessApiServer.StartAsync();
        _connection = _server.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Get_of_an_object_returns_it_as_stored_without_managed_fields()
    {
        var rollout = Samples.Rollout();
        rollout["metadata"]!["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "kubectl" });
        rollout["spec"]!["anything"] = new JsonObject { ["n"] = 1.50m, ["nothing"] = null };
        _server.Store.Put(Samples.Rollouts, rollout);

        var found = await Client.GetAsync(ResourceType.Rollouts, Web, Token);

        Assert.Equal("""{"replicas":1,"anything":{"n":1.50,"nothing":null}}""", found!["spec"]!.ToJsonString());
        Assert.Null(found["metadata"]!["managedFields"]);
        Assert.Equal($"Bearer {InProcessApiServer.Token}", _server.Requests.Single().Authorization);
    }

    [Fact]
    public async Task Get_of_nothing_is_null() => Assert.Null(await Client.GetAsync(ResourceType.Rollouts, Web, Token));

    [Fact]
    public async Task Get_speaks_TLS_with_the_authority_of_the_kubeconfig()
    {
        await using var secure = await InProcessApiServer.StartAsync(tls: true);
        using var connection = secure.Connect();
        secure.Store.Put(Samples.Rollouts, Samples.Rollout());

        Assert.StartsWith("https:", secure.Address, StringComparison.Ordinal);
        Assert.NotNull(await connection.Resources.GetAsync(ResourceType.Rollouts, Web, Token));
    }

    [Fact]
    public async Task List_reads_all_pages_and_says_what_its_items_are()
    {
        foreach (var number in Enumerable.Range(0, ResourceClient.PageSize + 3))
            _server.Store.Put(Samples.Rollouts, Samples.Rollout($"web-{number:0000}"));
        _server.Store.Put(Samples.Rollouts, Samples.Rollout("other", inNamespace: "elsewhere"));

        var found = await Client.ListAsync(ResourceType.Rollouts, new ListOptions { Namespace = "team" }, Token);

        Assert.Equal(ResourceClient.PageSize + 3, found.Items.Count);
        Assert.All(found.Items, item => Assert.Equal("Rollout", item["kind"]!.GetValue<string>()));
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task List_whose_pages_expire_is_read_again_at_once()
    {
        foreach (var number in Enumerable.Range(0, ResourceClient.PageSize + 3))
            _server.Store.Put(Samples.Rollouts, Samples.Rollout($"web-{number:0000}"));
        _server.Inject(Fault.Answer(410, "Expired"), request => request.Query.ContainsKey("continue"));

        var found = await Client.ListAsync(ResourceType.Rollouts, ListOptions.All, Token);

        Assert.Equal(ResourceClient.PageSize + 3, found.Items.Count);
        Assert.False(_server.Requests[^1].Query.ContainsKey("limit"));
    }

    [Fact]
    public async Task List_of_a_kind_that_is_not_installed_is_not_found()
    {
        _server.Uninstall("experiments.argoproj.io");

        var failure = await Assert.ThrowsAsync<ResourceException>(() => Client.ListAsync(ResourceType.Experiments, ListOptions.All, Token));

        Assert.True(failure.IsNotFound);
    }

    [Fact]
    public async Task Create_stores_the_object_under_our_name_and_a_second_one_already_exists()
    {
        var created = await Client.CreateAsync(ResourceType.Rollouts, "team", Samples.Rollout(), dryRun: false, Token);
        var failure = await Assert.ThrowsAsync<ResourceException>(
            () => Client.CreateAsync(ResourceType.Rollouts, "team", Samples.Rollout(), dryRun: false, Token));

        Assert.NotNull(created["metadata"]!["uid"]);
        Assert.Equal("canary-analyzer", _server.Requests[0].Query["fieldManager"]);
        Assert.True(failure.IsAlreadyExists);
        Assert.False(failure.IsConflict);
    }

    [Fact]
    public async Task Create_as_a_dry_run_stores_nothing()
    {
        await Client.CreateAsync(ResourceType.Rollouts, "team", Samples.Rollout(), dryRun: true, Token);

        Assert.Empty(_server.Store.All(Samples.Rollouts));
    }

    [Fact]
    public async Task Patch_made_for_another_version_is_a_conflict()
    {
        var stored = _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        _server.Store.Change(Samples.Rollouts, "team", "web", rollout => rollout["spec"]!["replicas"] = 5);
        var version = stored["metadata"]!["resourceVersion"]!.GetValue<string>();
        var operations = new JsonArray(
            new JsonObject { ["op"] = "replace", ["path"] = "/metadata/resourceVersion", ["value"] = version },
            new JsonObject { ["op"] = "replace", ["path"] = "/spec/replicas", ["value"] = 2 });

        var failure = await Assert.ThrowsAsync<ResourceException>(
            () => Client.JsonPatchAsync(ResourceType.Rollouts, Web, operations, subresource: null, Token));

        Assert.True(failure.IsConflict);
        Assert.Equal(5, _server.Store.Find(Samples.Rollouts, "team", "web")!["spec"]!["replicas"]!.GetValue<int>());
    }

    [Fact]
    public async Task Merge_patch_of_the_status_changes_only_that()
    {
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        var patch = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 9 }, ["status"] = new JsonObject { ["abort"] = true } };

        var changed = await Client.MergePatchAsync(ResourceType.Rollouts, Web, patch, "status", Token);

        Assert.Equal("""{"abort":true}""", changed["status"]!.ToJsonString());
        Assert.Equal(1, changed["spec"]!["replicas"]!.GetValue<int>());
    }

    [Fact]
    public async Task Delete_tells_whether_there_was_something_and_keeps_another_object_of_the_name()
    {
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());

        var failure = await Assert.ThrowsAsync<ResourceException>(
            () => Client.DeleteAsync(ResourceType.Rollouts, Web, new DeleteOptions { Uid = "another" }, Token));

        Assert.True(failure.IsConflict);
        Assert.True(await Client.DeleteAsync(ResourceType.Rollouts, Web, new DeleteOptions(), Token));
        Assert.False(await Client.DeleteAsync(ResourceType.Rollouts, Web, new DeleteOptions(), Token));
    }
}
