using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Watching;

public sealed class ResourceCacheTests : IAsyncLifetime
{
    private static readonly ResourceKey Web = new("team", "web");
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ResourceChange> _changes = new();
    private InProcessApiServer _server = null!;
    private ClusterConnection _connection = null!;
    private ResourceCache _cache = null!;
    private Task _running = Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessApiServer.StartAsync();
        _connection = _server.Connect(_time);
        _cache = Cache(ResourceType.Rollouts);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Cache_has_what_was_there_and_follows_every_change()
    {
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        await StartAsync();
        Assert.Equal(1, Replicas());

        _server.Store.Change(Samples.Rollouts, "team", "web", rollout => rollout["spec"]!["replicas"] = 2);
        await UntilAsync(() => Replicas() == 2);
        _server.Store.Remove(Samples.Rollouts, "team", "web");
        await UntilAsync(() => _cache.Find(Web) is null);

        Assert.Equal([(true, false), (true, true), (false, true)], _changes.Select(change => (change.New is not null, change.Old is not null)));
    }

    [Fact]
    public async Task Cache_goes_on_after_the_server_closed_the_watch()
    {
        await StartAsync();
        _server.Watches.Close();
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());

        await UntilAsync(() => _cache.Find(Web) is not null);
    }

    [Fact]
    public async Task Cache_lists_again_when_its_version_expired_and_tells_what_it_missed()
    {
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        _server.Store.Put(Samples.Rollouts, Samples.Rollout("same"));
        await StartAsync();
        _server.Inject(Fault.First(() =>
        {
            _server.Store.Remove(Samples.Rollouts, "team", "web");
            _server.Store.Put(Samples.Rollouts, Samples.Rollout("new"));
            _server.Store.Compact();
        }), request => request.IsWatch);
        _server.Watches.Close();

        await UntilAsync(() => _cache.Find(new ResourceKey("team", "new")) is not null);

        Assert.Null(_cache.Find(Web));
        Assert.Equal(["web", "new"], _changes.Skip(2).Select(change => change.Key.Name));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    public async Task Cache_outlives_failing_lists_and_watches(int code)
    {
        _server.Inject(Fault.Answer(code, "Failure"), _ => true, times: 3);
        _running = _cache.RunAsync(_stopping.Token);
        await UntilAsync(() => _cache.Failure is not null);
        Assert.Equal(CacheState.Starting, _cache.State);

        await UntilAsync(() => _cache.State == CacheState.Synced);
        _server.Inject(Fault.Answer(code, "Failure"), request => request.IsWatch, times: 3);
        _server.Watches.Close();
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());

        await UntilAsync(() => _cache.Find(Web) is not null);
        Assert.Null(_cache.Failure);
    }

    [Fact]
    public async Task Cache_outlives_a_watch_cut_in_the_middle_of_an_event()
    {
        await StartAsync();
        _server.Inject(Fault.Cut("""{"type":"ADDED","object":{"meta"""), request => request.IsWatch);
        _server.Watches.Close();
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());

        await UntilAsync(() => _cache.Find(Web) is not null);
    }

    [Fact]
    public async Task Cache_of_a_kind_that_is_not_installed_says_so_and_finds_it_later()
    {
        _server.Uninstall(Samples.Rollouts);
        _running = _cache.RunAsync(_stopping.Token);
        await _cache.Synced.WaitAsync(Token);
        Assert.Equal(CacheState.Absent, _cache.State);

        _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        _server.Install(Samples.Rollouts);
        await UntilAsync(() => _cache.State == CacheState.Synced);

        Assert.NotNull(_cache.Find(Web));
    }

    [Fact]
    public async Task Cache_of_a_kind_with_versions_takes_the_one_that_there_is()
    {
        _server.Inject(Fault.Answer(404, "NotFound"), request => request.Version == "v1" && request.Plural == "httproutes", times: int.MaxValue);
        var routes = new ResourceCache(
            _connection.Resources, [ResourceType.HttpRoutes, ResourceType.HttpRoutesBeta], ListOptions.All, _time, NullLogger<ResourceCache>.Instance);
        var running = routes.RunAsync(_stopping.Token);

        await routes.Synced.WaitAsync(Token);

        Assert.Equal((CacheState.Synced, ResourceType.HttpRoutesBeta), (routes.State, routes.Type));
        await _stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Cache_is_behind_from_our_write_until_it_shows_it()
    {
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        await StartAsync();
        var release = new TaskCompletionSource();
        _server.Inject(Fault.Hold(release.Task), request => request.IsWatch);
        _server.Watches.Close();
        await UntilAsync(() => _server.Watches.Open == 0);

        var patch = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 7 } };
        _cache.NoteWrite(await _connection.Resources.MergePatchAsync(ResourceType.Rollouts, Web, patch, null, Token));

        Assert.True(_cache.IsBehind(Web));
        Assert.False(_cache.IsBehind(new ResourceKey("team", "other")));
        release.SetResult();
        await UntilAsync(() => !_cache.IsBehind(Web));
        Assert.Equal(7, Replicas());
    }

    [Fact]
    public async Task Cache_is_behind_from_our_deletion_until_the_object_is_gone()
    {
        var stored = _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        await StartAsync();

        _cache.NoteDeletion(Web, stored["metadata"]!["uid"]!.GetValue<string>());
        Assert.True(_cache.IsBehind(Web));
        _server.Store.Remove(Samples.Rollouts, "team", "web");
        await UntilAsync(() => _cache.Find(Web) is null);

        Assert.False(_cache.IsBehind(Web));
    }

    [Fact]
    public async Task Indexes_find_by_owner_namespace_and_given_keys()
    {
        var cache = Cache(ResourceType.ReplicaSets);
        var byApp = cache.AddIndex(resource => [resource.Json["metadata"]!["labels"]!["app"]!.GetValue<string>()]);
        _server.Store.Put(Samples.ReplicaSets, Samples.ReplicaSet("a", "uid-1"));
        _server.Store.Put(Samples.ReplicaSets, Samples.ReplicaSet("b", "uid-1", app: "shop"));
        var running = cache.RunAsync(_stopping.Token);
        await cache.Synced.WaitAsync(Token);

        Assert.Equal(2, cache.OwnedBy("uid-1").Count);
        Assert.Equal("b", byApp.Find("shop").Single().Key.Name);
        Assert.Equal(2, cache.All("team").Count);
        Assert.Empty(cache.All("other"));

        _server.Store.Change(Samples.ReplicaSets, "team", "b", set => set["metadata"]!["labels"]!["app"] = "moved");
        await UntilAsync(() => byApp.Find("moved").Count == 1);
        Assert.Empty(byApp.Find("shop"));
        Assert.Equal(2, cache.OwnedBy("uid-1").Count);
        await _stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Subscriber_that_throws_stops_neither_the_others_nor_the_cache()
    {
        using var failing = _cache.Subscribe(_ => throw new InvalidOperationException("on purpose"));
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        await StartAsync();
        _server.Store.Put(Samples.Rollouts, Samples.Rollout("second"));

        await UntilAsync(() => _changes.Count == 2);
    }

    [Fact]
    public async Task Object_is_parsed_once_a_version()
    {
        _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        await StartAsync();
        var parsed = 0;

        var first = _cache.Find(Web)!.As(_ => $"parsed {++parsed}");
        var second = _cache.Find(Web)!.As(_ => $"parsed {++parsed}");

        Assert.Same(first, second);
    }

    private ResourceCache Cache(ResourceType type)
    {
        var cache = new ResourceCache(_connection.Resources, type, ListOptions.All, _time, NullLogger<ResourceCache>.Instance);
        cache.Subscribe(_changes.Enqueue);
        return cache;
    }

    private int Replicas() => _cache.Find(Web)!.Json["spec"]!["replicas"]!.GetValue<int>();

    private async Task StartAsync()
    {
        _running = _cache.RunAsync(_stopping.Token);
        await _cache.Synced.WaitAsync(Token);
        await TimeDriver.WaitUntilAsync(() => _server.Watches.Open > 0);
    }

    private Task UntilAsync(Func<bool> condition) => TimeDriver.AdvanceUntilAsync(_time, Step, condition);
}
