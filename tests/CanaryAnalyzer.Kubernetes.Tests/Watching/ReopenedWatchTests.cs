using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Watching;

/// <summary>The clock stands still: whatever a cache waits for does not come.</summary>
public sealed class ReopenedWatchTests : IAsyncLifetime
{
    private readonly ScriptedClient _client = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    [Fact]
    public void Watch_that_ended_at_once_but_brought_changes_is_reopened_without_a_wait()
    {
        _client.List(1);
        for (var version = 2; version < 102; version++)
            _client.Watch(ScriptedClient.Event(WatchEventKind.Added, $"web-{version}", version));

        var cache = Run();

        Assert.Equal(Enumerable.Range(1, 101).Select(version => $"{version}"), _client.Watches);
        Assert.Equal(100, cache.All().Count);
    }

    [Fact]
    public void Watch_that_broke_after_changes_is_reopened_without_a_wait()
    {
        _client.List(1).Watch(() => ScriptedClient.Event(WatchEventKind.Added, "web", 2), () => throw ApiFailure.Broken("cut", null));

        var cache = Run();

        Assert.Equal(["1", "2"], _client.Watches);
        Assert.NotNull(cache.Failure);
    }

    [Fact]
    public void Watch_that_expired_after_changes_is_followed_by_a_list_without_a_wait()
    {
        _client.List(1).Watch(ScriptedClient.Event(WatchEventKind.Added, "web", 2), new WatchEvent(WatchEventKind.Expired, [])).List(9);

        Run();

        Assert.Equal(["1", "9"], _client.Watches);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_that_ended_at_once_and_brought_no_change_is_waited_after(bool withBookmark)
    {
        WatchEvent[] events = withBookmark ? [ScriptedClient.Event(WatchEventKind.Bookmark, "", 5)] : [];
        _client.List(1).Watch(events).Watch(events).Watch(events);

        Run();
        Assert.Single(_client.Watches);
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Single(_client.Watches);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await TimeDriver.WaitUntilAsync(() => _client.Watches.Count == 2);
    }

    [Fact]
    public async Task Version_that_expired_at_once_is_waited_after()
    {
        _client.List(1).Watch(new WatchEvent(WatchEventKind.Expired, [])).List(2);

        Run();
        Assert.Equal(1, _client.Lists);
        _time.Advance(TimeSpan.FromMilliseconds(500));

        await TimeDriver.WaitUntilAsync(() => _client.Lists == 2);
    }

    private ResourceCache Run()
    {
        var cache = new ResourceCache(_client, ResourceType.Rollouts, ListOptions.All, _time, NullLogger<ResourceCache>.Instance);
        _running = cache.RunAsync(_stopping.Token);
        return cache;
    }
}
