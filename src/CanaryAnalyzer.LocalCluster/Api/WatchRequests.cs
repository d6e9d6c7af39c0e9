using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>Streams the changes of a resource, one JSON object a line.</summary>
internal sealed class WatchRequests(IObjectStore store, Answers answers, TimeProvider time)
{
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromMinutes(30);
    private static readonly byte[] Tail = "}\n"u8.ToArray();

    public async Task WatchAsync(ApiCall call)
    {
        if (call.Flag("sendInitialEvents"))
            throw ApiException.Invalid(call.Kind, "", [new FieldProblem("sendInitialEvents", "FieldValueForbidden", "Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled")]);
        _ = (call.Labels, call.Fields);
        var response = call.Http.Response;
        response.ContentType = "application/json";
        await response.StartAsync(call.Aborted);

        var after = call.Query("resourceVersion") is null or "" or "0" ? null : call.Number("resourceVersion");
        if (after is null)
        {
            var (now, changes) = store.ListAndWatch(call.Kind.Resource);
            using (changes)
            {
                foreach (var item in now.Objects.Where(o => IsSeen(call, o)))
                    await WriteAsync(call, "ADDED", answers.Event(call, item));
                await StreamAsync(call, changes, now.Revision);
            }

            return;
        }

        using var resumed = store.Watch(call.Kind.Resource, after.Value);
        if (resumed is null)
            await WriteAsync(call, "ERROR", JsonSerializer.SerializeToUtf8Bytes(ApiException.Expired(after.Value).ToStatus()));
        else
            await StreamAsync(call, resumed, after.Value);
    }

    private async Task StreamAsync(ApiCall call, IStoreWatch watch, long revision)
    {
        await call.Http.Response.Body.FlushAsync(call.Aborted);
        var length = call.Number("timeoutSeconds") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : LongestWatch;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), ended, length, Timeout.InfiniteTimeSpan);
        try
        {
            while (await NextAsync(call, watch, revision, ended.Token))
            {
                while (watch.Changes.TryRead(out var change))
                {
                    revision = change.Revision;
                    await SendAsync(call, change);
                }

                await call.Http.Response.Body.FlushAsync(call.Aborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client went away or the watch's time is up: both end the stream without a word.
        }
    }

    /// <summary>Waits for a change; each time the interval passes without one, a bookmark says how far the client has come.</summary>
    private async Task<bool> NextAsync(ApiCall call, IStoreWatch watch, long revision, CancellationToken ended)
    {
        var next = watch.Changes.WaitToReadAsync(ended).AsTask();
        while (call.Flag("allowWatchBookmarks"))
        {
            try
            {
                return await next.WaitAsync(BookmarkInterval, time, ended);
            }
            catch (TimeoutException)
            {
                await WriteAsync(call, "BOOKMARK", Bookmark(call, revision));
                await call.Http.Response.Body.FlushAsync(call.Aborted);
            }
        }

        return await next;
    }

    private static ReadOnlyMemory<byte> Bookmark(ApiCall call, long revision)
    {
        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null };
        var bookmark = call.Form.Kind switch
        {
            AnswerKind.Table => new JsonObject { ["kind"] = "Table", ["apiVersion"] = $"meta.k8s.io/{call.Form.MetaVersion}", ["metadata"] = metadata, ["rows"] = new JsonArray(), ["columnDefinitions"] = null },
            AnswerKind.MetadataOnly => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = $"meta.k8s.io/{call.Form.MetaVersion}", ["metadata"] = metadata },
            _ => new JsonObject { ["kind"] = call.Kind.Kind, ["apiVersion"] = call.Kind.ApiVersion, ["metadata"] = metadata },
        };
        return JsonSerializer.SerializeToUtf8Bytes(bookmark);
    }

    /// <summary>An object that begins or ceases to match the selectors is to this client one that appears or goes.</summary>
    private async Task SendAsync(ApiCall call, StoreChange change)
    {
        var before = change.Before is { } b && IsSeen(call, b);
        var after = change.After is { } a && IsSeen(call, a);
        if (!before && !after)
            return;
        var type = (before, after) switch { (true, true) => "MODIFIED", (false, true) => "ADDED", _ => "DELETED" };
        // On leaving the selection the client gets the last state that it could see, at the revision of the change.
        var shown = type == "DELETED" && change.After is not null ? new StoredObject(change.Key, change.Before!.Copy(), change.Revision) : change.Last;
        await WriteAsync(call, type, answers.Event(call, shown));
    }

    private static bool IsSeen(ApiCall call, StoredObject stored) =>
        (call.Namespace is null || stored.Key.Namespace == call.Namespace)
        && (!call.HasName || stored.Key.Name == call.Name)
        && call.Labels.Matches(stored.Json.ObjectAt("metadata", "labels")) && call.Fields.Matches(stored.Json);

    private static async Task WriteAsync(ApiCall call, string type, ReadOnlyMemory<byte> @object)
    {
        var body = call.Http.Response.Body;
        await body.WriteAsync(Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"), call.Aborted);
        await body.WriteAsync(@object, call.Aborted);
        await body.WriteAsync(Tail, call.Aborted);
    }
}
