using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>Says which Rollouts, AnalysisRuns and PromotionPolicies to look at again when an object changes.</summary>
internal sealed class Triggers
{
    private readonly ClusterCaches caches;
    private readonly WorkQueues queues;
    private readonly OwnVersions runVersions;
    private readonly CacheIndex byReference;
    private readonly CacheIndex byManager;
    private readonly CacheIndex bySelectedHash;

    /// <summary>Adds the indexes that it needs to the caches; nothing is added to a queue before <see cref="Start"/>.</summary>
    /// <param name="caches">The caches.</param>
    /// <param name="queues">Where keys are put.</param>
    /// <param name="runVersions">The versions of AnalysisRuns that their own reconciles wrote.</param>
    public Triggers(ClusterCaches caches, WorkQueues queues, OwnVersions runVersions)
    {
        this.caches = caches;
        this.queues = queues;
        this.runVersions = runVersions;
        byReference = caches.Of(ResourceType.Rollouts).AddIndex(RolloutReferences.Of);
        byManager = caches.Of(ResourceType.Services).AddIndex(s => s.Json.Annotations().GetValueOrDefault(Markers.ManagedBy) is { } name ? [$"{s.Key.Namespace}/{name}"] : []);
        bySelectedHash = caches.Of(ResourceType.Services).AddIndex(s => s.Json.Text("spec", "selector", Markers.PodHash) is { } hash ? [$"{s.Key.Namespace}/{hash}"] : []);
    }

    /// <summary>Subscribes to all caches. Call it before they are filled, once.</summary>
    public void Start()
    {
        foreach (var cache in caches.All) cache.Subscribe(Changed);
    }

    private void Changed(ResourceChange change)
    {
        var inNamespace = change.Key.Namespace;
        switch (change.Type.QualifiedName)
        {
            case "rollouts.argoproj.io":
                if (RelevantChange.ForItself(change)) queues.Rollouts.Add(change.Key);
                Policies(change);
                if (RelevantChange.OfSpec(change)) Services(byManager, change.Key.ToString());
                break;
            case "analysisruns.argoproj.io":
                Run(change);
                Owner(change);
                break;
            case "replicasets.apps":
                Owner(change);
                Services(bySelectedHash, $"{inNamespace}/{(change.New ?? change.Old)!.Labels.GetValueOrDefault(Markers.PodHash)}");
                break;
            case "experiments.argoproj.io":
                queues.Experiments.Add(change.Key);
                break;
            case "services":
                queues.Services.Add(change.Key);
                References(change);
                break;
            case "pods":
                Pod(change);
                break;
            case "promotionpolicies.canaryanalyzer.io" or "analysistemplates.argoproj.io" or "clusteranalysistemplates.argoproj.io":
                if (!RelevantChange.OfSpec(change)) break;
                All(inNamespace);
                if (change is { Type.Plural: "promotionpolicies", New: null }) queues.Policies.Add(change.Key);
                break;
            case "namespaces":
                if (RelevantChange.OfNamespace(change)) All(change.Key.Name);
                break;
            default:
                References(change);
                break;
        }
    }

    private void Run(ResourceChange change)
    {
        if (change.New is not { } run) runVersions.Forget(change.Key);
        else if (runVersions.IsOwn(change.Key, run.ResourceVersion)) return;
        queues.Runs.Add(change.Key);
    }

    private void References(ResourceChange change)
    {
        foreach (var rollout in byReference.Find(RolloutReferences.Key(change.Type, change.Key))) queues.Rollouts.Add(rollout.Key);
    }

    private void Services(CacheIndex index, string key)
    {
        foreach (var service in index.Find(key)) queues.Services.Add(service.Key);
    }

    // A pod's ReplicaSet has its number of pods; of the pod itself counts what is wrong with it.
    private void Pod(ResourceChange change)
    {
        if (Problems(change.Old).SequenceEqual(Problems(change.New))) return;
        var owners = (change.New ?? change.Old)!.OwnerUids;
        foreach (var set in owners.Select(caches.Of(ResourceType.ReplicaSets).FindByUid).OfType<CachedResource>()) Owners(set.OwnerUids);
    }

    private static ImmutableArray<PodProblem> Problems(CachedResource? pod) => pod is null ? [] : pod.As(json => PodReader.Problems(json).ToImmutableArray());

    private void Owner(ResourceChange change) => Owners((change.New ?? change.Old)!.OwnerUids);

    private void Owners(IReadOnlyList<string> owners)
    {
        foreach (var rollout in owners.Select(caches.Of(ResourceType.Rollouts).FindByUid).OfType<CachedResource>()) queues.Rollouts.Add(rollout.Key);
    }

    // Of one namespace, or of all.
    private void All(string? inNamespace)
    {
        foreach (var rollout in caches.Of(ResourceType.Rollouts).All(inNamespace)) queues.Rollouts.Add(rollout.Key);
        foreach (var policy in caches.Of(ResourceType.PromotionPolicies).All(inNamespace)) queues.Policies.Add(policy.Key);
    }

    private void Policies(ResourceChange rollout)
    {
        var isRelevant = RelevantChange.ForPolicies(rollout);
        foreach (var policy in caches.Of(ResourceType.PromotionPolicies).All(rollout.Key.Namespace))
        {
            if (isRelevant || RelevantChange.ReadsStatus(policy)) queues.Policies.Add(policy.Key);
        }
    }
}
