using System.Collections.Concurrent;
using CanaryAnalyzer.LocalCluster.Api;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>What the pods had to say, for <c>kubectl logs</c>: a few lines a pod.</summary>
internal sealed class PodLogs(IObjectStore store)
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _lines = new(StringComparer.Ordinal);

    public void Write(string uid, string line) => _lines.GetOrAdd(uid, _ => new ConcurrentQueue<string>()).Enqueue(line);

    public void Forget(string uid) => _lines.TryRemove(uid, out _);

    public async Task AnswerAsync(ApiCall call)
    {
        var pod = store.Get(call.Key) ?? throw ApiException.NotFound(call.Kind, call.Name);
        call.Http.Response.ContentType = "text/plain";
        foreach (var line in _lines.GetValueOrDefault(pod.Uid) ?? [])
            await call.Http.Response.WriteAsync(line + "\n", call.Aborted);
    }
}
