using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Policies;

/// <summary>Says in a PromotionPolicy's status whether it can act, which Rollouts it selects and which of them wait for a person.</summary>
internal sealed class PolicyReconciler(ClusterCaches caches, PolicyCheck check, IOwnership ownership, IResourceClient client, TimeProvider time) : IReconciler
{
    private static readonly TimeSpan ForeignWait = TimeSpan.FromSeconds(5);

    public string Kind => "PromotionPolicy";

    public async Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (caches.Of(ResourceType.PromotionPolicies).IsBehind(key)) return new PassOutcome.Behind([new WrittenObject(ResourceType.PromotionPolicies, key)]);
        if (caches.Of(ResourceType.PromotionPolicies).Find(key) is not { IsBeingDeleted: false } policy) return new PassOutcome.Settled();
        if (ownership.ForeignHolder() is not null) return new PassOutcome.LookAgain(time.GetUtcNow() + ForeignWait);
        var selected = caches.Of(ResourceType.Rollouts).All(key.Namespace).Where(r => PolicyReader.Selects(policy.Json, r.Json.Labels())).ToList();
        var problem = check.Problem(policy.Json, selected.Select(r => r.Json));
        var before = policy.Json["status"] as JsonObject ?? [];
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
        var gates = new JsonArray();
        var waiting = 0;
        foreach (var rollout in selected.OrderBy(r => r.Key.Name, StringComparer.Ordinal))
        {
            if (rollout.Json.At("status", "canaryAnalyzer") is not JsonObject gate || gate.Text("policy") != policy.Key.Name) continue;
            var entry = new JsonObject { ["rollout"] = rollout.Key.Name };
            Copy(rollout.Json.At("status", "canary", "currentStepAnalysisRunStatus") as JsonObject, "name", entry, "analysisRun");
            Copy(gate, "verdict", entry, "verdict");
            Copy(gate, "waitingReason", entry, "waitingReason");
            Copy(gate, "waitingSince", entry, "waitingSince");
            if (entry.ContainsKey("waitingReason")) waiting++;
            gates.Add(entry);
        }

        var status = new JsonObject
        {
            ["observedGeneration"] = policy.Json["metadata"]?["generation"]?.DeepClone(),
            ["rollouts"] = selected.Count,
            ["waiting"] = waiting,
            ["conditions"] = new JsonArray(Ready(problem, before)),
        };
        if (gates.Count > 0) status["gates"] = gates;
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
            ? since : time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return condition;
    }

    private static void Copy(JsonObject? from, string name, JsonObject to, string toName)
    {
        if (from?[name] is { } value) to[toName] = value.DeepClone();
    }
}
