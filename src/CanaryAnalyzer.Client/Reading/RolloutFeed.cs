using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CanaryAnalyzer.Client.Views;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanaryAnalyzer.Client.Reading;

/// <summary>A Rollout with its objects: as it is, or whenever something about it changes.</summary>
public sealed class RolloutFeed(ClusterNamespace cluster, string name, TimeProvider time)
{
    private static readonly ResourceType[] Parts = [ResourceType.ReplicaSets, ResourceType.Pods, ResourceType.AnalysisRuns, ResourceType.Experiments];

    // Changes come in bursts; nobody can read faster.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads it once.</summary>
    public async Task<RolloutObjects> ReadAsync(CancellationToken cancellationToken)
    {
        var rollout = await cluster.GetRolloutAsync(name, cancellationToken);
        var parts = await Task.WhenAll(Parts.Select(type => cluster.ListAsync(type, cancellationToken)));
        return new RolloutObjects(rollout, parts[0], parts[1], parts[2], parts[3]);
    }

    /// <summary>The Rollout alone, now and at every change.</summary>
    public async IAsyncEnumerable<JsonObject> FollowRolloutAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await cluster.GetRolloutAsync(name, cancellationToken);
        await foreach (var objects in FollowAsync([], beat: null, cancellationToken))
            yield return objects.Rollout;
    }

    /// <summary>The Rollout with its objects, now, at every change, and at every beat if there is one.</summary>
    public async IAsyncEnumerable<RolloutObjects> FollowAsync(TimeSpan? beat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await ReadAsync(cancellationToken);
        await foreach (var objects in FollowAsync(Parts, beat, cancellationToken))
            yield return objects;
    }

    private async IAsyncEnumerable<RolloutObjects> FollowAsync(
        ResourceType[] parts, TimeSpan? beat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rollouts = Cache(ResourceType.Rollouts, new ListOptions { Namespace = cluster.Name, FieldSelector = $"metadata.name={name}" });
        var caches = parts.Select(type => Cache(type, new ListOptions { Namespace = cluster.Name })).ToList();
        List<ResourceCache> all = [rollouts, .. caches];
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var subscriptions = all.Select(cache => cache.Subscribe(_ => changed.Writer.TryWrite(true))).ToList();
        await using var timer = beat is { } period ? time.CreateTimer(_ => changed.Writer.TryWrite(true), null, period, period) : null;
        var running = all.Select(cache => cache.RunAsync(stopping.Token)).ToList();
        try
        {
            await Task.WhenAll(all.Select(cache => cache.Synced)).WaitAsync(cancellationToken);
            while (true)
            {
                var rollout = rollouts.Find(new ResourceKey(cluster.Name, name)) ?? throw new ClientException($"rollout '{name}' was deleted");
                var found = caches.Select(cache => cache.All().Select(one => one.Json).ToList()).ToList();
                yield return parts.Length == 0
                    ? new RolloutObjects(rollout.Json, [], [], [], [])
                    : new RolloutObjects(rollout.Json, found[0], found[1], found[2], found[3]);
                await Task.Delay(Pause, time, cancellationToken);
                await changed.Reader.ReadAsync(cancellationToken);
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await Task.WhenAll(running);
            subscriptions.ForEach(subscription => subscription.Dispose());
        }
    }

    private ResourceCache Cache(ResourceType type, ListOptions scope) =>
        new(cluster.Resources, type, scope, time, NullLogger<ResourceCache>.Instance);
}
