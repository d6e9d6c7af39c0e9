using System.Text;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Events;

public sealed class EventRecorderTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private InProcessApiServer _server = null!;
    private ClusterConnection _connection = null!;
    private EventRecorder _recorder = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessApiServer.StartAsync();
        _connection = _server.Connect(_time);
        _recorder = new EventRecorder(_connection.Resources, _time, NullLogger<EventRecorder>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Event_names_its_object_and_repeats_are_counted()
    {
        var rollout = _server.Store.Put(Samples.Rollouts, Samples.Rollout());

        await _recorder.RecordAsync(rollout, EventType.Warning, "RolloutAborted", "aborted", Token);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _recorder.RecordAsync(rollout, EventType.Warning, "RolloutAborted", "aborted", Token);
        await _recorder.RecordAsync(rollout, EventType.Normal, "RolloutAborted", "another", Token);

        var events = _server.Store.All("events", "team").OrderByDescending(one => one["count"]!.GetValue<int>()).ToList();
        Assert.Equal(2, events.Count);
        Assert.Equal((2, "2026-05-01T12:00:00Z", "2026-05-01T12:01:00Z"), (
            events[0]["count"]!.GetValue<int>(), events[0]["firstTimestamp"]!.GetValue<string>(), events[0]["lastTimestamp"]!.GetValue<string>()));
        Assert.Equal(("Rollout", "web", "Warning", "canary-analyzer"), (
            events[0]["involvedObject"]!["kind"]!.GetValue<string>(), events[0]["involvedObject"]!["name"]!.GetValue<string>(),
            events[0]["type"]!.GetValue<string>(), events[0]["source"]!["component"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Events_that_differ_only_in_their_message_become_one_from_the_tenth_on_as_in_Kubernetes()
    {
        var rollout = _server.Store.Put(Samples.Rollouts, Samples.Rollout());
        for (var i = 1; i <= 43; i++)
        {
            await _recorder.RecordAsync(rollout, EventType.Warning, "LooksLate", $"{i}s late", Token);
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await _recorder.RecordAsync(rollout, EventType.Normal, "RolloutPaused", "another reason", Token);
        var events = _server.Store.All("events", "team").Select(e => (Message: e["message"]!.GetValue<string>(), Count: e["count"]!.GetValue<int>())).ToList();
        Assert.Equal(9 + 1 + 1, events.Count);
        Assert.Contains(("9s late", 1), events);
        Assert.Contains(("(combined from similar events): 43s late", 34), events);
        Assert.Contains(("another reason", 1), events);

        // What is new after ten quiet minutes stands for itself.
        _time.Advance(TimeSpan.FromMinutes(11));
        await _recorder.RecordAsync(rollout, EventType.Warning, "LooksLate", "44s late", Token);
        Assert.Contains(_server.Store.All("events", "team"), e => e["message"]!.GetValue<string>() == "44s late");
    }

    [Fact]
    public async Task Repeat_of_an_event_that_the_server_forgot_is_written_anew()
    {
        var rollout = Samples.Rollout();
        await _recorder.RecordAsync(rollout, EventType.Normal, "Paused", "paused", Token);
        _server.Store.Remove("events", "team", _server.Store.All("events").Single()["metadata"]!["name"]!.GetValue<string>());

        await _recorder.RecordAsync(rollout, EventType.Normal, "Paused", "paused", Token);

        Assert.Equal(1, _server.Store.All("events").Single()["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Message_is_cut_to_what_servers_take()
    {
        await _recorder.RecordAsync(Samples.Rollout(), EventType.Normal, "Long", new string('é', 3000), Token);

        var message = _server.Store.All("events").Single()["message"]!.GetValue<string>();
        Assert.InRange(Encoding.UTF8.GetByteCount(message), 1020, EventRecorder.LongestMessage);
        Assert.EndsWith("é…", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_that_cannot_be_written_stops_nobody()
    {
        _server.Inject(Fault.Answer(403, "Forbidden"), request => request.Plural == "events");

        await _recorder.RecordAsync(Samples.Rollout(), EventType.Normal, "Paused", "paused", Token);

        Assert.Empty(_server.Store.All("events"));
    }
}
