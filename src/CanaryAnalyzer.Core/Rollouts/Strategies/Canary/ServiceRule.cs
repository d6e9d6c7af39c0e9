using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Points the stable and the canary Service at their versions, never at one without available pods.</summary>
internal static class ServiceRule
{
    public static void Apply(DecisionDraft draft)
    {
        if (draft.Stable is { } stable) Point(draft, draft.Seen.StableService, stable, needsPods: true);
        if (draft.Seen.CanaryService is not { } service) return;
        if (draft.IsAborted && draft.Stable is not null && MayWithdraw(draft, draft.Stable)) Point(draft, service, draft.Stable, needsPods: !IsUnused(draft));
        else if (draft.Current is { } current && MayLeave(draft, service)) Point(draft, service, current, needsPods: true);
    }

    /// <summary>The pod hash that a Service selects once this decision's effects are made.</summary>
    public static string Selected(DecisionDraft draft, ServiceObservation? service) => service is null ? ""
        : draft.Effects.OfType<Effect.SelectVersion>().LastOrDefault(e => e.Name == service.Name)?.Hash ?? service.SelectedHash;

    private static bool IsUnused(DecisionDraft draft) => draft.Seen.Routes.All(r => r.Exists && r.Carries(0));

    // An aborted canary loses its Service as soon as the stable version can do all the work, whether the gateway follows or not.
    private static bool MayWithdraw(DecisionDraft draft, ReplicaSetObservation stable) => IsUnused(draft) || stable.Available >= Math.Max(1, draft.Spec.Replicas);

    // Traffic that was weighed for one version does not come upon another.
    private static bool MayLeave(DecisionDraft draft, ServiceObservation service)
    {
        var selected = draft.Seen.ReplicaSets.FirstOrDefault(r => r.Hash == service.SelectedHash);
        if (selected is null || draft.Stable is not { Available: > 0 }) return true;
        if (draft.IsAborted) return false;
        return selected.Available == 0 || selected == draft.Stable || TrafficRule.IsCanaryWithoutTraffic(draft);
    }

    private static void Point(DecisionDraft draft, ServiceObservation? service, ReplicaSetObservation version, bool needsPods)
    {
        var rollout = draft.Seen.Identity.Name;
        if (service is null || (service.SelectedHash == version.Hash && service.ManagedBy == rollout)) return;
        if (needsPods && version.Available < 1) return;

        // Until it is ours a Service may carry the traffic of pods that are not the Rollout's: it changes over to a whole version only.
        if (service.ManagedBy.Length == 0 && (version.Available < version.Desired || version.Available < Math.Min(1, draft.Spec.Replicas))) return;
        if (service.ManagedBy.Length == 0 && draft.Stable is null && version.Available < draft.Spec.Replicas) return;
        draft.Do(new Effect.SelectVersion(service.Name, version.Hash));
        draft.Tell("SwitchService", $"Switched selector for service '{service.Name}' from '{service.SelectedHash}' to '{version.Hash}'");
    }
}
