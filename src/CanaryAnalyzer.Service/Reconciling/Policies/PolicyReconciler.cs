using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Reconciling.Policies;

/// <summary>
/// Says in a PromotionPolicy's status whether it can act, how many Rollouts it selects and judges, and which of them wait for a human. What each gate has come to stands in its
/// Rollout's status alone: with it, the policy's would change at each look of each of them, and grow beyond what an object may have. Decision 0011.
/// </summary>
internal sealed class PolicyReconciler(ClusterCaches caches, PolicyCheck check, IOwnership ownership, IResourceClient client, TimeProvider time) : IReconciler
{
    private static readonly TimeSpan ForeignWait = TimeSpan.FromSeconds(5);

    /// <summary>The least time between two reconciles of a policy: hundreds of Rollouts may come to their gates at once, and each reconcile looks at all of them.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>How many of the Rollouts that wait are named.</summary>
    private const int MaxNamed = 20;

    private readonly ConcurrentDictionary<ResourceKey, DateTimeOffset> lastReconciled = new();

    public string Kind => "PromotionPolicy";

    public async Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (caches.Of(ResourceType.PromotionPolicies).IsBehind(key)) return new PassOutcome.Behind([new WrittenObject(ResourceType.PromotionPolicies, key)]);
        if (caches.Of(ResourceType.PromotionPolicies).Find(key) is not { IsBeingDeleted: false } policy)
        {
            lastReconciled.TryRemove(key, out _);
            return new PassOutcome.Settled();
        }

        var now = time.GetUtcNow();
        if (ownership.ForeignHolder() is not null) return new PassOutcome.LookAgain(now + ForeignWait);
        if (lastReconciled.TryGetValue(key, out var last) && last <= now && now < last + Pace) return new PassOutcome.LookAgain(last + Pace);
        lastReconciled[key] = now;
        var json = policy.Json;
        var selected = caches.Of(ResourceType.Rollouts).All(key.Namespace).Where(r => PolicyReader.Selects(json, r.Labels)).ToList();
        var problem = check.Problem(json, selected.Select(r => r.Json));
        var before = json["status"] as JsonObject ?? [];
        var next = Status(policy, selected, problem, before);
        if (JsonNode.DeepEquals(before, next)) return new PassOutcome.Settled();
        foreach (var (name, _) in before)
        {
            if (!next.ContainsKey(name)) next[name] = null;
        }

        var patch = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = policy.ResourceVersion }, ["status"] = next };
        await client.MergePatchAsync(ResourceType.PromotionPolicies, key, patch, "status", cancellationToken);
        return new PassOutcome.Settled();
    }

    private JsonObject Status(CachedResource policy, List<CachedResource> selected, string problem, JsonObject before)
    {
        var judged = selected.Select(rollout => (rollout.Key.Name, Gate: PolicyFacts.Of(rollout))).Where(rollout => rollout.Gate.Policy == policy.Key.Name).ToList();
        var waiting = judged.Where(rollout => rollout.Gate.WaitingReason is not null).ToList();
        var longest = waiting.OrderBy(rollout => rollout.Gate.WaitingSince, StringComparer.Ordinal).ThenBy(rollout => rollout.Name, StringComparer.Ordinal).Take(MaxNamed).ToList();
        var status = new JsonObject
        {
            ["observedGeneration"] = policy.Json["metadata"]?["generation"]?.DeepClone(),
            ["rollouts"] = selected.Count,
            ["judged"] = judged.Count,
            ["waiting"] = waiting.Count,
            ["conditions"] = new JsonArray(Ready(problem, before)),
        };
        if (longest.Count > 0) status["gates"] = new JsonArray([.. longest.Select(rollout => Waiting(rollout.Name, rollout.Gate))]);
        return status;
    }

    private JsonObject Ready(string problem, JsonObject before)
    {
        var isReady = problem.Length == 0;
        var condition = new JsonObject
        {
            ["type"] = "Ready",
            ["status"] = isReady ? "True" : "False",
            ["reason"] = isReady ? "Valid" : "Invalid",
            ["message"] = isReady ? "The policy can act" : problem,
        };
        var known = before.Objects("conditions").FirstOrDefault(c => c.Text("type") == "Ready");
        var isSame = known is not null && known.Text("status") == condition.Text("status");
        condition["lastTransitionTime"] = isSame && known.Text("lastTransitionTime") is { } since
            ? since : KubernetesTime.Format(time.GetUtcNow());
        return condition;
    }

    private static JsonObject Waiting(string rollout, PolicyFacts gate)
    {
        var entry = new JsonObject { ["rollout"] = rollout };
        if (gate.AnalysisRun is { } run) entry["analysisRun"] = run;
        entry["waitingReason"] = gate.WaitingReason;
        if (gate.WaitingSince is { } since) entry["waitingSince"] = since;
        return entry;
    }
}
