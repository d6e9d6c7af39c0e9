using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Api;

public sealed class WatchTests : IAsyncLifetime
{
    private InProcessApiServer _server = null!;
    private ClusterConnection _connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
    public async Task Watch_tells_every_change_and_bookmarks_and_ends_with_the_stream()
    {
        var version = Version(_server.Store.Put(Samples.Rollouts, Samples.Rollout()));
        await using var events = Watch(version);
        _server.Store.Put(Samples.Rollouts, Samples.Rollout("new"));
        _server.Store.Change(Samples.Rollouts, "team", "new", rollout => rollout["spec"]!["replicas"] = 4);
        _server.Store.Remove(Samples.Rollouts, "team", "new");

        Assert.Equal((WatchEventKind.Added, "new"), await NextAsync(events));
        Assert.Equal((WatchEventKind.Modified, "new"), await NextAsync(events));
        Assert.Equal((WatchEventKind.Deleted, "new"), await NextAsync(events));

        var next = events.MoveNextAsync().AsTask();
        _server.Watches.SendBookmarks();
        Assert.True(await next);
        Assert.Equal(WatchEventKind.Bookmark, events.Current.Kind);

        next = events.MoveNextAsync().AsTask();
        _server.Watches.Close();
        Assert.False(await next);
    }

    [Fact]
    public async Task Watch_from_a_forgotten_version_says_that_it_expired()
    {
        var version = Version(_server.Store.Put(Samples.Rollouts, Samples.Rollout()));
        _server.Store.Compact();
        await using var events = Watch(version);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(WatchEventKind.Expired, events.Current.Kind);
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_that_is_told_of_its_expiry_within_the_stream_says_so()
    {
        _server.Inject(Fault.Text("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}""" + "\n"), request => request.IsWatch);
        await using var events = Watch("1");

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(WatchEventKind.Expired, events.Current.Kind);
        Assert.False(await events.MoveNextAsync());
    }

    [Theory]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"na""", null)]
    [InlineData("{\"type\":\"ADDED\"}\n", ResourceException.BrokenAnswer)]
    [InlineData("not json\n", ResourceException.BrokenAnswer)]
    [InlineData("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":500,\"reason\":\"InternalError\"}}\n", "InternalError")]
    public async Task Watch_whose_stream_breaks_fails(string text, string? reason)
    {
        _server.Inject(reason is null ? Fault.Cut(text) : Fault.Text(text), request => request.IsWatch);
        await using var events = Watch("1");

        var failure = await Assert.ThrowsAsync<ResourceException>(async () => await events.MoveNextAsync());

        Assert.Equal(reason ?? ResourceException.Unreachable, failure.Reason);
    }

    [Fact]
    public async Task Watch_that_ends_in_the_middle_of_an_event_is_broken()
    {
        _server.Inject(Fault.Text("""{"type":"ADDED","object":{"metadata":{"na"""), request => request.IsWatch);
        await using var events = Watch("1");

        var failure = await Assert.ThrowsAsync<ResourceException>(async () => await events.MoveNextAsync());

        Assert.Equal(ResourceException.BrokenAnswer, failure.Reason);
    }

    private static string Version(System.Text.Json.Nodes.JsonObject resource) => resource["metadata"]!["resourceVersion"]!.GetValue<string>();

    private static async Task<(WatchEventKind Kind, string Name)> NextAsync(IAsyncEnumerator<WatchEvent> events)
    {
        Assert.True(await events.MoveNextAsync());
        return (events.Current.Kind, events.Current.Object["metadata"]!["name"]!.GetValue<string>());
    }

    private IAsyncEnumerator<WatchEvent> Watch(string version) =>
        _connection.Resources.WatchAsync(ResourceType.Rollouts, ListOptions.All, version, Token).GetAsyncEnumerator(Token);
}
