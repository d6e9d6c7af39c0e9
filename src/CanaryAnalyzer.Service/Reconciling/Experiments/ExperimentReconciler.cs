using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Reconciling.Experiments;

/// <summary>
/// Ends each new Experiment with phase Error and the reason: this controller runs none, and whoever made one would wait for it. One that another controller began is
/// that one's, and only told of.
/// </summary>
internal sealed class ExperimentReconciler(ClusterCaches caches, IResourceClient client, IOwnership ownership, IEventRecorder events, TimeProvider time) : IReconciler
{
    /// <summary>What an Experiment's status and event say.</summary>
    public const string Message = "Experiments are not supported here, nothing was started; compare versions at a canary Rollout's steps, by analysis or a PromotionPolicy";

    /// <summary>What the event of an Experiment says that another controller began.</summary>
    public const string LeftMessage = "Experiments are not supported here; this one, which another controller began, was left as it is: its phase and its pods stay until that controller is back, or somebody deletes it";

    private static readonly TimeSpan ForeignWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ResourceKey, string> left = new();

    public string Kind => "Experiment";

    public async Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (caches.Of(ResourceType.Experiments).IsBehind(key)) return new PassOutcome.Behind([new WrittenObject(ResourceType.Experiments, key)]);
        if (caches.Get(ResourceType.Experiments, key) is not { } experiment || experiment.IsDeleting() || !ownership.IsOurs(experiment))
        {
            left.TryRemove(key, out _);
            return new PassOutcome.Settled();
        }

        var phase = experiment.Text("status", "phase");
        if (phase is "Successful" or "Failed" or "Error" or "Inconclusive") return new PassOutcome.Settled();
        if (ownership.ForeignHolder() is not null) return new PassOutcome.LookAgain(time.GetUtcNow() + ForeignWait);

        if (phase is { Length: > 0 })
        {
            if (Leave(key, experiment.Uid())) events.Record(experiment, EventType.Warning, "ExperimentNotSupported", LeftMessage);
            return new PassOutcome.Settled();
        }

        // As in Argo Rollouts, the kind has no status subresource.
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = experiment.ResourceVersion() },
            ["status"] = new JsonObject { ["phase"] = "Error", ["message"] = Message },
        };
        await client.MergePatchAsync(ResourceType.Experiments, key, patch, null, cancellationToken);
        events.Record(experiment, EventType.Warning, "ExperimentNotSupported", Message);
        return new PassOutcome.Settled();
    }

    /// <summary>Whether this Experiment is left for the first time.</summary>
    private bool Leave(ResourceKey key, string uid)
    {
        var isTold = left.TryGetValue(key, out var known) && known == uid;
        left[key] = uid;
        return !isTold;
    }
}
