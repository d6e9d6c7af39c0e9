using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Kubernetes.Tests.Leading;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Events;

public sealed class EventQueueTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly KeptLog<EventQueue> log = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly JsonObject rollout = Samples.Rollout();
    private InProcessApiServer server = null!;
    private ClusterConnection connection = null!;

    private IReadOnlyList<string> Tried => [.. server.Requests.Where(r => r is { Plural: "events", Method: "POST" }).Select(r => JsonNode.Parse(r.Body)!["reason"]!.GetValue<string>())];

    private IReadOnlyList<string> Written => [.. server.Store.All("events").Select(e => e["reason"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync()
    {
        server = await InProcessApiServer.StartAsync();
        connection = server.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        stopping.Dispose();
        connection.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_objects_events_keep_their_order_over_a_server_that_has_no_answer_for_a_while()
    {
        server.Inject(Fault.Answer(503, "ServiceUnavailable"), r => r.Plural == "events", times: 3);
        var queue = Queue();
        foreach (var reason in (string[])["First", "Second", "Third"]) queue.Record(rollout, EventType.Normal, reason, "message");

        var running = queue.RunAsync(stopping.Token);
        await TimeDriver.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => Written.Count == 3);

        Assert.Equal(["First", "First", "First", "First", "Second", "Third"], Tried);
        await StopAsync(running);
    }

    [Fact]
    public async Task A_server_that_answers_with_an_error_is_asked_twice()
    {
        server.Inject(Fault.Answer(500, "InternalError"), r => r.Plural == "events" && r.Body.Contains("Failing", StringComparison.Ordinal), times: 100);
        var queue = Queue();
        queue.Record(rollout, EventType.Normal, "Failing", "message");
        queue.Record(rollout, EventType.Normal, "Written", "message");

        var running = queue.RunAsync(stopping.Token);
        await TimeDriver.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => Written.Count == 1);

        Assert.Equal(["Failing", "Failing", "Written"], Tried);
        await StopAsync(running);
    }

    [Fact]
    public async Task One_that_is_refused_holds_up_none_behind_it()
    {
        server.Inject(Fault.Answer(403, "Forbidden"), r => r.Plural == "events");
        var queue = Queue();
        queue.Record(rollout, EventType.Normal, "Refused", "message");
        queue.Record(rollout, EventType.Normal, "Written", "message");

        var running = queue.RunAsync(stopping.Token);
        await TimeDriver.WaitUntilAsync(() => Written.Count == 1);

        Assert.Equal(["Refused", "Written"], Tried);
        await StopAsync(running);
    }

    [Fact]
    public async Task What_waits_when_the_controller_ends_is_written_first()
    {
        var queue = Queue();
        foreach (var reason in (string[])["First", "Second"]) queue.Record(rollout, EventType.Normal, reason, "message");
        await stopping.CancelAsync();

        await queue.RunAsync(stopping.Token);

        Assert.Equal(["First", "Second"], Written);
    }

    [Fact]
    public async Task A_server_without_an_answer_holds_up_the_end_for_a_moment_alone_and_what_is_lost_is_logged()
    {
        server.Inject(Fault.Answer(503, "ServiceUnavailable"), r => r.Plural == "events", times: 1000);
        var queue = Queue();
        foreach (var reason in (string[])["First", "Second"]) queue.Record(rollout, EventType.Normal, reason, "message");
        await stopping.CancelAsync();

        var running = queue.RunAsync(stopping.Token);
        await TimeDriver.AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(100), running);

        Assert.InRange(time.GetUtcNow() - time.Start, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
        Assert.Contains(log.Lines, l => l.Text.Contains("Second", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_too_many_wait_the_oldest_goes_and_is_logged()
    {
        var queue = Queue(capacity: 2);

        foreach (var reason in (string[])["First", "Second", "Third"]) queue.Record(rollout, EventType.Normal, reason, "message");

        Assert.Contains("First", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    private EventQueue Queue(int capacity = 100) => new(new EventRecorder(connection.Resources, time, NullLogger<EventRecorder>.Instance), time, log, capacity);

    private async Task StopAsync(Task running)
    {
        await stopping.CancelAsync();
        await running;
    }
}
