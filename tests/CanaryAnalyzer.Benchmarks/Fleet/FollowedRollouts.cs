using System.Diagnostics;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Benchmarks.Fleet;

/// <summary>Follows the Rollouts by a watch: asking again and again for a list of a thousand would load the API server more than the controller does.</summary>
internal static class FollowedRollouts
{
    /// <summary>Waits until every Rollout is as asked, and returns how long that took.</summary>
    public static async Task<TimeSpan> AllAsync(IResourceClient resources, int count, Func<JsonObject, bool> isDone, TimeSpan limit, CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new CancellationTokenSource(limit);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, token);
        var done = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                done.Clear();
                var list = await resources.ListAsync(ResourceType.Rollouts, new ListOptions { Namespace = "default" }, both.Token);
                foreach (var rollout in list.Items) Note(rollout);
                if (done.Count >= count) return Stopwatch.GetElapsedTime(started);
                await foreach (var change in resources.WatchAsync(ResourceType.Rollouts, new ListOptions { Namespace = "default" }, list.ResourceVersion, both.Token))
                {
                    if (change.Kind is not (WatchEventKind.Added or WatchEventKind.Modified)) continue;
                    Note(change.Object);
                    if (done.Count >= count) return Stopwatch.GetElapsedTime(started);
                }
            }
        }
        catch (OperationCanceledException cancelled) when (timer.IsCancellationRequested)
        {
            throw new TimeoutException($"Only {done.Count} of {count} Rollouts are done after {limit.TotalSeconds:0} s", cancelled);
        }

        void Note(JsonObject rollout)
        {
            var name = rollout["metadata"]!["name"]!.GetValue<string>();
            if (isDone(rollout)) done.Add(name);
            else done.Remove(name);
        }
    }
}
