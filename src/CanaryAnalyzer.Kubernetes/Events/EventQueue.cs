using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Events;

/// <summary>
/// Writes events beside the reconciles that emit them. Those of one object keep their order; a server that has no answer is asked again for a few minutes. In memory and
/// bounded: where events come faster than they can be written the oldest go, and the log has them.
/// </summary>
public sealed class EventQueue : IEventRecorder
{
    private const int Lanes = 4;
    private const int MostTries = 12;

    // A webhook of one namespace that fails is an answer of the server, which says so for each event of it: the others' must not wait for them all.
    private const int TriesAtError = 2;
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(3);

    private readonly Channel<Entry>[] lanes;
    private readonly EventRecorder recorder;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <summary>An empty queue; nothing is written before <see cref="RunAsync"/>.</summary>
    /// <param name="recorder">What writes them.</param>
    /// <param name="time">The clock of retries.</param>
    /// <param name="logger">Where lost events are logged.</param>
    /// <param name="capacity">The most events that wait in each of the four lanes.</param>
    public EventQueue(EventRecorder recorder, TimeProvider time, ILogger<EventQueue> logger, int capacity = 2048)
    {
        (this.recorder, this.time, this.logger) = (recorder, time, logger);
        var options = new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        lanes = [.. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateBounded<Entry>(options, Lose))];
    }

    /// <inheritdoc/>
    public void Record(JsonObject about, EventType type, string reason, string message)
    {
        var uid = about.Uid();
        var entry = new Entry(Reference(about), type, reason, message);
        var lane = lanes[(uint)uid.GetHashCode(StringComparison.Ordinal) % Lanes];
        if (!lane.Writer.TryWrite(entry)) Lose(entry);
    }

    /// <summary>Writes until cancelled, and then for a moment what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource();
        var writing = Task.WhenAll(lanes.Select(l => WriteAsync(l.Reader, end.Token)));
        await Task.WhenAny(writing, Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken));
        foreach (var lane in lanes) lane.Writer.TryComplete();
        try
        {
            await writing.WaitAsync(FlushTime, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            await end.CancelAsync();
            await writing;
        }
    }

    private async Task WriteAsync(ChannelReader<Entry> lane, CancellationToken end)
    {
        try
        {
            await foreach (var entry in lane.ReadAllAsync(end)) await WriteAsync(entry, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            while (lane.TryRead(out var left)) Lose(left);
        }
    }

    private async Task WriteAsync(Entry entry, CancellationToken end)
    {
        var delay = ShortestDelay;
        for (var tries = 1; ; tries++)
        {
            try
            {
                await recorder.RecordAsync(entry.About, entry.Type, entry.Reason, entry.Message, end);
                return;
            }
            catch (ResourceException failure)
            {
                if (tries >= (IsAway(failure) ? MostTries : TriesAtError))
                {
                    Log.NotWritten(logger, failure, entry.Reason, entry.About.Namespace(), entry.About.Name(), entry.Message);
                    return;
                }

                await Task.Delay(failure.RetryAfter > delay ? failure.RetryAfter.Value : delay, time, end);
                delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }
    }

    private static bool IsAway(ResourceException failure) =>
        failure.IsTooManyRequests || failure.Status is null or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private void Lose(Entry entry) => Log.Lost(logger, entry.Reason, entry.About.Namespace(), entry.About.Name(), entry.Message);

    // What an event says of its object, and no more: the object may be large, and the queue long.
    private static JsonObject Reference(JsonObject about) => new()
    {
        ["apiVersion"] = about["apiVersion"]?.DeepClone(),
        ["kind"] = about["kind"]?.DeepClone(),
        ["metadata"] = new JsonObject
        {
            ["namespace"] = about.Text("metadata", "namespace"),
            ["name"] = about.Text("metadata", "name"),
            ["uid"] = about.Text("metadata", "uid"),
            ["resourceVersion"] = about.Text("metadata", "resourceVersion"),
        },
    };

    private sealed record Entry(JsonObject About, EventType Type, string Reason, string Message);
}
