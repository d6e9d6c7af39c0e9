using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Finds the PromotionPolicies that select a Rollout, with what their templates come to.</summary>
public sealed class PolicyObserver(IClusterView view, IAnalysisPlanner planner)
{
    /// <summary>The policies that select a Rollout, by name.</summary>
    public ImmutableArray<PolicyObservation> Observe(JsonObject rollout)
    {
        var labels = rollout.Labels();
        return
        [
            .. view.InNamespace(ResourceType.PromotionPolicies, rollout.Namespace(), KnownPolicy.Read)
                .Where(p => !p.IsBeingDeleted && p.Selects(labels))
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => p.Observe(view, planner, rollout)),
        ];
    }

    /// <summary>Whether a namespace holds its promotions.</summary>
    public bool IsHeld(string inNamespace) =>
        view.Get(ResourceType.Namespaces, new ResourceKey(null, inNamespace)) is { } found
        && found.Annotations().TryGetValue(Markers.Hold, out var hold) && hold != "false";

    /// <summary>What a policy comes to for a Rollout.</summary>
    public PolicyObservation Observe(JsonObject policy, JsonObject rollout) => KnownPolicy.Read(policy).Observe(view, planner, rollout);
}
