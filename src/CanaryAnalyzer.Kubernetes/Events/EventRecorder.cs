using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Events;

/// <summary>
/// Writes events of the core group. What is repeated within the server's hour of keeping events becomes a count, and what differs only in its message too often
/// becomes one event.
/// </summary>
public sealed class EventRecorder(IResourceClient client, TimeProvider time, ILogger<EventRecorder> logger)
{
    /// <summary>The source that events name.</summary>
    public const string Component = "canary-analyzer";

    /// <summary>The longest message that servers take, in bytes of UTF-8.</summary>
    public const int LongestMessage = 1024;

    private const int MostRemembered = 4096;
    private const int LongestNamePart = 200;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(50);

    private readonly SimilarEvents _similar = new();
    private readonly ConcurrentDictionary<(string Uid, EventType Type, string Reason, string Message), Written> _written = new();

    /// <summary>
    /// Writes one event about <paramref name="about"/>, or counts up the one that says the same. A refusal is logged and otherwise without effect.
    /// </summary>
    /// <param name="about">The object, with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</param>
    /// <param name="type">Normal or a warning.</param>
    /// <param name="reason">In PascalCase, for machines.</param>
    /// <param name="message">For people; cut after 1024 bytes.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="ResourceException">The server has no answer now, and may have one later.</exception>
    public async Task RecordAsync(JsonObject about, EventType type, string reason, string message, CancellationToken cancellationToken)
    {
        var metadata = about["metadata"] as JsonObject ?? [];
        var uid = Text(metadata, "uid") ?? "";
        var isCombined = _similar.AreMany(uid, type, reason, Cut(message), time.GetUtcNow());
        var text = Cut(isCombined ? SimilarEvents.Prefix + message : message);
        var identity = (uid, type, reason, isCombined ? SimilarEvents.Prefix : text);
        try
        {
            if (!await CountUpAsync(identity, text, cancellationToken))
                await CreateAsync(about, metadata, identity, text, cancellationToken);
        }
        catch (ResourceException failure) when (!IsTransient(failure))
        {
            Log.NotWritten(logger, failure, reason, Text(metadata, "namespace"), Text(metadata, "name"), text);
        }
    }

    private static bool IsTransient(ResourceException failure) => failure.Status is null or >= HttpStatusCode.InternalServerError || failure.IsTooManyRequests;

    private async Task<bool> CountUpAsync((string Uid, EventType Type, string Reason, string Message) identity, string text, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!_written.TryGetValue(identity, out var before) || now - before.Last > Remembered)
            return false;
        var next = before with { Count = before.Count + 1, Last = now };
        var patch = new JsonObject { ["count"] = next.Count, ["lastTimestamp"] = Timestamp(now) };
        if (text != identity.Message) patch["message"] = text;
        try
        {
            await client.MergePatchAsync(ResourceType.Events, next.Key, patch, subresource: null, cancellationToken);
            _written[identity] = next;
            return true;
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    private async Task CreateAsync(
        JsonObject about, JsonObject metadata, (string Uid, EventType Type, string Reason, string Message) identity, string text, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var inNamespace = Text(metadata, "namespace") ?? "default";
        var name = string.Create(CultureInfo.InvariantCulture, $"{Shorten(Text(metadata, "name"))}.{Guid.NewGuid():N}");
        var involved = new JsonObject
        {
            ["apiVersion"] = about["apiVersion"]?.DeepClone(),
            ["kind"] = about["kind"]?.DeepClone(),
            ["namespace"] = Text(metadata, "namespace"),
            ["name"] = Text(metadata, "name"),
            ["uid"] = identity.Uid,
            ["resourceVersion"] = Text(metadata, "resourceVersion"),
        };
        var resource = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = inNamespace },
            ["involvedObject"] = involved,
            ["type"] = identity.Type.ToString(),
            ["reason"] = identity.Reason,
            ["message"] = text,
            ["source"] = new JsonObject { ["component"] = Component },
            ["count"] = 1,
            ["firstTimestamp"] = Timestamp(now),
            ["lastTimestamp"] = Timestamp(now),
        };
        await client.CreateAsync(ResourceType.Events, inNamespace, resource, dryRun: false, cancellationToken);
        Forget(now);
        _written[identity] = new Written(new ResourceKey(inNamespace, name), 1, now);
    }

    private void Forget(DateTimeOffset now)
    {
        if (_written.Count < MostRemembered)
            return;
        var old = _written.OrderBy(entry => entry.Value.Last).Take(MostRemembered / 2);
        foreach (var entry in old.Concat(_written.Where(entry => now - entry.Value.Last > Remembered)).ToList())
            _written.TryRemove(entry);
    }

    private static string Cut(string message)
    {
        if (Encoding.UTF8.GetByteCount(message) <= LongestMessage)
            return message;
        var end = new Rune('…');
        var kept = new StringBuilder();
        var left = LongestMessage - end.Utf8SequenceLength;
        foreach (var rune in message.EnumerateRunes().TakeWhile(rune => (left -= rune.Utf8SequenceLength) >= 0))
            kept.Append(rune.ToString());
        return kept.Append('…').ToString();
    }

    private static string? Shorten(string? name) => name?.Length > LongestNamePart ? name[..LongestNamePart].TrimEnd('.', '-') : name;

    private static string Timestamp(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string? Text(JsonObject metadata, string name) => metadata[name]?.GetValue<string>();

    private sealed record Written(ResourceKey Key, int Count, DateTimeOffset Last);
}
