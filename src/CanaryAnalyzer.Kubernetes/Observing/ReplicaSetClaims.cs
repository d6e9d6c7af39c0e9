using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Which ReplicaSets are a Rollout's, by the rules of Kubernetes' own controllers: what it owns and selects.</summary>
/// <param name="Owned">Those that it owns and selects.</param>
/// <param name="Orphans">Those of a Rollout before that nobody owns, and that it selects.</param>
/// <param name="Strays">Those that it owns and no longer selects, since somebody changed their labels.</param>
internal sealed record ReplicaSetClaims(IReadOnlyList<JsonObject> Owned, IReadOnlyList<JsonObject> Orphans, IReadOnlyList<JsonObject> Strays)
{
    /// <summary>Finds a Rollout's ReplicaSets; those that are being deleted are nobody's.</summary>
    public static ReplicaSetClaims Find(JsonObject rollout, RolloutSpec spec, IClusterView view)
    {
        var selector = rollout.At("spec", "selector") is JsonObject json ? json.Deserialize<LabelSelector>(WireJson.Options) : null;
        var owned = view.OwnedBy(ResourceType.ReplicaSets, rollout.Uid()).Where(r => !r.IsDeleting()).ToLookup(Selects);
        var others = new Lazy<List<JsonObject>>(() => [.. view.InNamespace(ResourceType.Rollouts, rollout.Namespace()).Where(r => r.Name() != rollout.Name())]);
        var orphans = view.WithoutController(ResourceType.ReplicaSets, rollout.Namespace())
            .Where(r => !r.IsDeleting() && Selects(r) && (IsNamedAfter(r, rollout) || !IsOfAnother(r))).OrderBy(r => r.Name(), StringComparer.Ordinal);
        return new ReplicaSetClaims([.. owned[true]], [.. orphans], [.. owned[false]]);

        // Where the selector comes from elsewhere, there are its labels alone; without any, nothing is selected.
        bool Selects(JsonObject set)
        {
            var labels = set.Labels();
            return (selector is not null || !spec.MatchLabels.IsEmpty) && labels.GetValueOrDefault(Markers.PodHash, "").Length > 0
                && spec.MatchLabels.All(l => labels.GetValueOrDefault(l.Key) == l.Value) && LabelSelectors.Matches(selector, labels);
        }

        // One that is being moved leaves its ReplicaSets without an owner for a while, and who adopted them would take its pods: where anything says that they may be
        // another one's, its own name alone makes an orphan a Rollout's.
        bool IsOfAnother(JsonObject set) => others.Value.Any(o => IsNamedAfter(set, o) || SelectsToo(o, set)) || IsServedForAnother(set);

        bool SelectsToo(JsonObject other, JsonObject set) =>
            AbsentFields.Fill(other, view).Resource.At("spec", "selector") is JsonObject theirs && LabelSelectors.Matches(theirs.Deserialize<LabelSelector>(WireJson.Options), set.Labels());

        bool IsServedForAnother(JsonObject set) => view.InNamespace(ResourceType.Services, rollout.Namespace()).Any(
            s => s.Annotations().GetValueOrDefault(Markers.ManagedBy, rollout.Name()) != rollout.Name()
                && s.Text("spec", "selector", Markers.PodHash) == set.Labels().GetValueOrDefault(Markers.PodHash));
    }

    private static bool IsNamedAfter(JsonObject set, JsonObject rollout) => set.Name() == $"{rollout.Name()}-{set.Labels().GetValueOrDefault(Markers.PodHash)}";
}
