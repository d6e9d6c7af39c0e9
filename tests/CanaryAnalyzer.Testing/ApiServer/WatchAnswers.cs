using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>Answers watches until told to close them.</summary>
public sealed class WatchAnswers(ObjectStore store) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _closing = new();
    private TaskCompletionSource _bookmark = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    /// <summary>How many are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Ends all open watches as the server does when their time is over.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closing.Cancel();
            _closing = new CancellationTokenSource();
        }
    }

    /// <summary>Sends a bookmark to all open watches.</summary>
    public void SendBookmarks()
    {
        lock (_lock)
        {
            _bookmark.SetResult();
            _bookmark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closing.Cancel();
            _closing = new CancellationTokenSource();
            _closing.Cancel();
        }
    }

    internal async Task AnswerAsync(HttpContext context, ApiRequest request)
    {
        var from = long.Parse(request.Query.GetValueOrDefault("resourceVersion") ?? "0", CultureInfo.InvariantCulture);
        var pending = store.ChangesAfter(from, request.QualifiedName);
        CancellationToken closing;
        lock (_lock)
            closing = _closing.Token;
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        Interlocked.Increment(ref _open);
        try
        {
            await SendAsync(context, request, from, pending, closing);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task SendAsync(HttpContext context, ApiRequest request, long from, IReadOnlyList<StoredChange> pending, CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            foreach (var change in pending.Where(change => ListAnswer.Matches(change.Object, request)))
                await SendAsync(context, change.Kind, change.Object);
            from = pending.Count == 0 ? from : pending[^1].Version;
            Task changed = store.Changed, bookmark;
            lock (_lock)
                bookmark = _bookmark.Task;
            pending = store.ChangesAfter(from, request.QualifiedName);
            if (pending.Count > 0)
                continue;
            var end = Task.Delay(Timeout.Infinite, closing);
            var gone = Task.Delay(Timeout.Infinite, context.RequestAborted);
            var woken = await Task.WhenAny(changed, bookmark, end, gone);
            if (woken == end || woken == gone)
                return;
            if (woken == bookmark)
            {
                from = Math.Max(from, store.Version);
                await SendAsync(context, "BOOKMARK", new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = from.ToString(CultureInfo.InvariantCulture) } });
            }

            pending = store.ChangesAfter(from, request.QualifiedName);
        }
    }

    private static async Task SendAsync(HttpContext context, string type, JsonObject resource)
    {
        var line = new JsonObject { ["type"] = type, ["object"] = resource.DeepClone() }.ToJsonString() + "\n";
        await context.Response.WriteAsync(line, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
