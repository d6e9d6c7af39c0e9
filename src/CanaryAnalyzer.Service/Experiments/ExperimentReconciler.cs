using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Experiments;

/// <summary>Ends each Experiment with phase Error and the reason: this controller runs none, and whoever made one would wait for it.</summary>
internal sealed class ExperimentReconciler(ClusterCaches caches, IResourceClient client, IOwnership ownership, IEventRecorder events, TimeProvider time) : IReconciler
{
    /// <summary>What an Experiment's status and event say.</summary>
    public const string Message = "Experiments are not supported here, nothing was started; compare versions at a canary Rollout's steps, by analysis or a PromotionPolicy";

    private static readonly TimeSpan CacheWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ForeignWait = TimeSpan.FromSeconds(5);

    public string Kind => "Experiment";

    public async Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (caches.Of(ResourceType.Experiments).IsBehind(key)) return new PassOutcome.LookAgain(time.GetUtcNow() + CacheWait);
        if (caches.Get(ResourceType.Experiments, key) is not { } experiment || experiment.IsDeleting() || !ownership.IsOurs(experiment)) return new PassOutcome.Settled();
        if (experiment.Text("status", "phase") is "Successful" or "Failed" or "Error" or "Inconclusive") return new PassOutcome.Settled();
        if (ownership.ForeignHolder() is not null) return new PassOutcome.LookAgain(time.GetUtcNow() + ForeignWait);

        // As in Argo Rollouts, the kind has no status subresource.
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = experiment.ResourceVersion() },
            ["status"] = new JsonObject { ["phase"] = "Error", ["message"] = Message },
        };
        await client.MergePatchAsync(ResourceType.Experiments, key, patch, null, cancellationToken);
        await events.RecordAsync(experiment, EventType.Warning, "ExperimentNotSupported", Message, cancellationToken);
        return new PassOutcome.Settled();
    }
}
