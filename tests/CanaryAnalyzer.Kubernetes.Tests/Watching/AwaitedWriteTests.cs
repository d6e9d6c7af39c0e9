using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Watching;

public sealed class AwaitedWriteTests : IAsyncLifetime
{
    private static readonly ResourceKey Web = new("team", "web");
    private readonly ScriptedClient _client = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ResourceCache _cache;
    private readonly List<string> _heard = [];
    private Task _running = Task.CompletedTask;
    private int _woken;

    public AwaitedWriteTests()
    {
        _cache = new ResourceCache(_client, ResourceType.Rollouts, ListOptions.All, _time, NullLogger<ResourceCache>.Instance);
        _cache.Subscribe(change => _heard.Add($"{change.Key.Name} changed"));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    [Fact]
    public void Waiter_is_woken_once_by_the_version_that_was_written_after_subscribers_heard_of_it()
    {
        Run(5, ScriptedClient.Object("web", 4));
        _cache.NoteWrite(ScriptedClient.Object("web", 7));
        Assert.True(_cache.TryAwait(Web, () => _heard.Add("woken")));

        _client.Send(ScriptedClient.Event(WatchEventKind.Modified, "web", 6));
        _client.Send(ScriptedClient.Event(WatchEventKind.Modified, "web", 7));
        _client.Send(ScriptedClient.Event(WatchEventKind.Modified, "web", 8));

        Assert.Equal(["web changed", "web changed", "woken", "web changed"], _heard);
    }

    [Fact]
    public void Version_that_comes_between_the_look_and_the_wait_is_not_waited_for()
    {
        Run(5);
        _cache.NoteWrite(ScriptedClient.Object("web", 7));
        Assert.True(_cache.IsBehind(Web));
        _client.Send(ScriptedClient.Event(WatchEventKind.Added, "web", 7));

        Assert.False(_cache.TryAwait(Web, Wake));

        _client.Send(ScriptedClient.Event(WatchEventKind.Modified, "web", 8));
        Assert.Equal(0, _woken);
    }

    [Theory]
    [InlineData(WatchEventKind.Bookmark, "")]
    [InlineData(WatchEventKind.Added, "another")]
    [InlineData(WatchEventKind.Deleted, "web")]
    public void Waiter_is_woken_by_whatever_shows_that_its_version_has_passed(WatchEventKind kind, string name)
    {
        Run(5, ScriptedClient.Object("web", 4));
        _cache.NoteWrite(ScriptedClient.Object("web", 7));
        Assert.True(_cache.TryAwait(Web, Wake));

        _client.Send(ScriptedClient.Event(kind, name, 9));

        Assert.Equal(1, _woken);
        Assert.False(_cache.IsBehind(Web));
    }

    [Fact]
    public void Each_waiter_of_an_object_is_woken_by_its_own_version()
    {
        Run(5);
        _cache.NoteWrite(ScriptedClient.Object("web", 7));
        Assert.True(_cache.TryAwait(Web, () => _heard.Add("first")));
        _cache.NoteWrite(ScriptedClient.Object("web", 8));
        Assert.True(_cache.TryAwait(Web, () => _heard.Add("second")));
        _heard.Clear();

        _client.Send(ScriptedClient.Event(WatchEventKind.Bookmark, "", 7));
        Assert.Empty(_heard);
        _client.Send(ScriptedClient.Event(WatchEventKind.Bookmark, "", 8));

        Assert.Equal(["first", "second"], _heard.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Waiter_for_a_deletion_is_woken_when_the_object_is_gone()
    {
        Run(5, ScriptedClient.Object("web", 4));
        _cache.NoteDeletion(Web, "uid");
        Assert.True(_cache.TryAwait(Web, Wake));
        _client.Send(ScriptedClient.Event(WatchEventKind.Modified, "web", 6));
        Assert.Equal(0, _woken);

        _client.Send(ScriptedClient.Event(WatchEventKind.Deleted, "web", 7));

        Assert.Equal(1, _woken);
    }

    [Fact]
    public void Waiter_for_a_write_and_a_deletion_waits_for_both()
    {
        Run(5, ScriptedClient.Object("web", 4));
        _cache.NoteWrite(ScriptedClient.Object("web", 6));
        _cache.NoteDeletion(Web, "uid");
        Assert.True(_cache.TryAwait(Web, Wake));
        _client.Send(ScriptedClient.Event(WatchEventKind.Modified, "web", 6));
        Assert.Equal(0, _woken);

        _client.Send(ScriptedClient.Event(WatchEventKind.Deleted, "web", 7));

        Assert.Equal(1, _woken);
    }

    [Fact]
    public void Deletion_that_was_seen_before_it_was_noted_is_not_waited_for()
    {
        Run(5, ScriptedClient.Object("web", 4));
        _client.Send(ScriptedClient.Event(WatchEventKind.Deleted, "web", 7));
        _cache.NoteDeletion(Web, "uid");

        Assert.False(_cache.TryAwait(Web, Wake));
    }

    [Fact]
    public async Task Waiters_are_woken_by_a_list()
    {
        var gone = new ResourceKey("team", "gone");
        Run(5, ScriptedClient.Object("web", 4), ScriptedClient.Object("gone", 3));
        _client.List(9, ScriptedClient.Object("web", 7));
        _cache.NoteWrite(ScriptedClient.Object("web", 7));
        _cache.NoteDeletion(gone, "uid");
        Assert.True(_cache.TryAwait(Web, Wake));
        Assert.True(_cache.TryAwait(gone, Wake));

        _client.Send(new WatchEvent(WatchEventKind.Expired, []));
        await TimeDriver.AdvanceUntilAsync(_time, TimeSpan.FromMilliseconds(500), () => _client.Watches.Count == 2);

        Assert.Equal(2, _woken);
    }

    [Fact]
    public async Task Waiters_are_woken_when_the_kind_is_gone()
    {
        Run(5, ScriptedClient.Object("web", 4));
        _client.List(() => throw new ResourceException(HttpStatusCode.NotFound, "NotFound", "no such kind"));
        _cache.NoteWrite(ScriptedClient.Object("web", 7));
        Assert.True(_cache.TryAwait(Web, Wake));

        _client.Send(new WatchEvent(WatchEventKind.Expired, []));
        await TimeDriver.AdvanceUntilAsync(_time, TimeSpan.FromMilliseconds(500), () => _cache.State == CacheState.Absent && _woken > 0);

        Assert.Equal(1, _woken);
        Assert.False(_cache.IsBehind(Web));
    }

    [Fact]
    public void Waiter_that_throws_stops_neither_the_others_nor_the_cache()
    {
        Run(5);
        _cache.NoteWrite(ScriptedClient.Object("web", 7));
        Assert.True(_cache.TryAwait(Web, () => throw new InvalidOperationException("on purpose")));
        Assert.True(_cache.TryAwait(Web, Wake));

        _client.Send(ScriptedClient.Event(WatchEventKind.Added, "web", 7));
        _client.Send(ScriptedClient.Event(WatchEventKind.Modified, "web", 8));

        Assert.Equal(1, _woken);
        Assert.Equal("8", _cache.Find(Web)!.ResourceVersion);
    }

    private void Run(int version, params JsonObject[] items)
    {
        _client.List(version, items);
        _running = _cache.RunAsync(_stopping.Token);
        _heard.Clear();
    }

    private void Wake() => _woken++;
}
