using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Kubernetes.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanaryAnalyzer.Kubernetes.Tests.Api;

/// <summary>What the in-process server promises, asked of a real one: the one that CANARY_KUBECONFIG leads to. Works in a namespace of its own.</summary>
public sealed class RealServerTests : IAsyncLifetime
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap");
    private readonly string _namespace = $"canary-access-{Guid.NewGuid():N}"[..30];
    private ClusterConnection? _connection;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IResourceClient Client => _connection!.Resources;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("CANARY_KUBECONFIG") is not { Length: > 0 } kubeconfig)
            return;
        _connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = kubeconfig }, TimeProvider.System);
        await Client.CreateAsync(
            ResourceType.Namespaces, null, new JsonObject { ["metadata"] = new JsonObject { ["name"] = _namespace } }, dryRun: false, Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is null)
            return;
        await Client.DeleteAsync(ResourceType.Namespaces, new ResourceKey(null, _namespace), new DeleteOptions(), CancellationToken.None);
        _connection.Dispose();
    }

    [Fact]
    public async Task Writes_are_conditional_and_their_failures_are_named()
    {
        RequireServer();
        var key = new ResourceKey(_namespace, "one");
        var created = await CreateAsync("one");
        await Client.CreateAsync(ConfigMaps, _namespace, Map("dry"), dryRun: true, Token);
        Assert.Null(await Client.GetAsync(ConfigMaps, key with { Name = "dry" }, Token));
        Assert.True((await FailureAsync(() => CreateAsync("one"))).IsAlreadyExists);

        var version = created["metadata"]!["resourceVersion"]!.GetValue<string>();
        JsonArray Change(string value) => [
            new JsonObject { ["op"] = "replace", ["path"] = "/metadata/resourceVersion", ["value"] = version },
            new JsonObject { ["op"] = "add", ["path"] = "/data/k", ["value"] = value },
        ];
        var changed = await Client.JsonPatchAsync(ConfigMaps, key, Change("v"), null, Token);
        Assert.Equal("v", changed["data"]!["k"]!.GetValue<string>());
        Assert.Null(changed["metadata"]!["managedFields"]);
        Assert.True((await FailureAsync(() => Client.JsonPatchAsync(ConfigMaps, key, Change("w"), null, Token))).IsConflict);

        var stale = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = version }, ["data"] = new JsonObject { ["k"] = "x" } };
        Assert.True((await FailureAsync(() => Client.MergePatchAsync(ConfigMaps, key, stale, null, Token))).IsConflict);
        JsonArray impossible = [new JsonObject { ["op"] = "replace", ["path"] = "/data/none/deep", ["value"] = "v" }];
        Assert.True((await FailureAsync(() => Client.JsonPatchAsync(ConfigMaps, key, impossible, null, Token))).IsInvalid);
        Assert.True((await FailureAsync(() => Client.DeleteAsync(ConfigMaps, key, new DeleteOptions { Uid = Guid.NewGuid().ToString() }, Token))).IsConflict);
        Assert.True(await Client.DeleteAsync(ConfigMaps, key, new DeleteOptions(), Token));
    }

    [Fact]
    public async Task Apply_makes_and_changes_what_is_wholly_ours()
    {
        RequireServer();
        var map = Map("ours");
        map["data"] = new JsonObject { ["a"] = "1", ["b"] = "2" };
        await Client.ApplyAsync(ConfigMaps, new ResourceKey(_namespace, "ours"), map, Token);
        map["data"] = new JsonObject { ["a"] = "3" };

        var applied = await Client.ApplyAsync(ConfigMaps, new ResourceKey(_namespace, "ours"), map, Token);

        Assert.Equal("""{"a":"3"}""", applied["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Cache_follows_and_shows_our_writes()
    {
        RequireServer();
        await CreateAsync("first");
        var cache = new ResourceCache(
            Client, ConfigMaps, new ListOptions { Namespace = _namespace }, TimeProvider.System, NullLogger<ResourceCache>.Instance);
        using var stopping = new CancellationTokenSource();
        var running = cache.RunAsync(stopping.Token);
        await cache.Synced.WaitAsync(Token);
        var key = new ResourceKey(_namespace, "first");
        Assert.Equal("ConfigMap", cache.Find(key)!.Json["kind"]!.GetValue<string>());

        cache.NoteWrite(await Client.MergePatchAsync(ConfigMaps, key, new JsonObject { ["data"] = new JsonObject { ["n"] = "2" } }, null, Token));
        await TimeDriver.WaitUntilAsync(() => !cache.IsBehind(key));
        Assert.Equal("2", cache.Find(key)!.Json["data"]!["n"]!.GetValue<string>());

        await Client.DeleteAsync(ConfigMaps, key, new DeleteOptions(), Token);
        await TimeDriver.WaitUntilAsync(() => cache.Find(key) is null);
        await stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Watch_from_a_version_of_long_ago_is_answered_in_one_of_the_two_ways()
    {
        RequireServer();
        await using var events = Client.WatchAsync(ResourceType.Namespaces, ListOptions.All, "1", Token).GetAsyncEnumerator(Token);

        // A server that is older than a few minutes has compacted it; a younger one still has the history.
        Assert.True(await events.MoveNextAsync());
        Assert.Contains(events.Current.Kind, new[] { WatchEventKind.Expired, WatchEventKind.Added });
    }

    [Fact]
    public async Task Leader_is_elected_recognised_and_gone()
    {
        RequireServer();
        var election = new LeaderElection(_connection!, new LeaderOptions { Namespace = _namespace, Identity = "one" }, NullLogger<LeaderElection>.Instance);
        using var stopping = new CancellationTokenSource();
        var running = election.RunAsync(token => Task.Delay(Timeout.Infinite, token), stopping.Token);
        await TimeDriver.WaitUntilAsync(() => election.IsLeader);
        var key = new ResourceKey(_namespace, LeaderOptions.LeaseName);
        Assert.Equal("one", (await Client.GetAsync(ResourceType.Leases, key, Token))!["spec"]!["holderIdentity"]!.GetValue<string>());

        await stopping.CancelAsync();
        await running;

        Assert.Equal("", (await Client.GetAsync(ResourceType.Leases, key, Token))!["spec"]!["holderIdentity"]!.GetValue<string>());
        Assert.Null(await new ForeignLease(Client, TimeProvider.System).FindAsync(null, null, Token));
    }

    [Fact]
    public async Task Event_is_accepted_and_counted()
    {
        RequireServer();
        var about = await CreateAsync("about");
        about["apiVersion"] = "v1";
        about["kind"] = "ConfigMap";
        var recorder = new EventRecorder(Client, TimeProvider.System, NullLogger<EventRecorder>.Instance);
        await recorder.RecordAsync(about, EventType.Normal, "Tried", new string('é', 2000), Token);
        await recorder.RecordAsync(about, EventType.Normal, "Tried", new string('é', 2000), Token);

        var found = await Client.ListAsync(
            ResourceType.Events, new ListOptions { Namespace = _namespace, FieldSelector = "involvedObject.name=about" }, Token);

        Assert.Equal(2, found.Items.Single()["count"]!.GetValue<int>());
    }

    private void RequireServer() => Assert.SkipWhen(_connection is null, "CANARY_KUBECONFIG names no kubeconfig of a real API server");

    private Task<JsonObject> CreateAsync(string name) => Client.CreateAsync(ConfigMaps, _namespace, Map(name), dryRun: false, Token);

    private static Task<ResourceException> FailureAsync(Func<Task> action) => Assert.ThrowsAsync<ResourceException>(action);

    private JsonObject Map(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = _namespace },
        ["data"] = new JsonObject { ["before"] = "1" },
    };
}
