using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Points the stable and the canary Service at their versions, never at one without available pods.</summary>
internal static class ServiceRule
{
    public static void Apply(DecisionDraft draft)
    {
        if (draft.Stable is { } stable) Point(draft, draft.Seen.StableService, stable, needsPods: true);
        var isWithdrawn = draft.IsAborted && draft.Stable is not null && draft.Seen.Routes.All(r => r.Exists && r.Carries(0));
        if (isWithdrawn) Point(draft, draft.Seen.CanaryService, draft.Stable!, needsPods: false);
        else if (draft.Current is { } current && !draft.IsAborted) Point(draft, draft.Seen.CanaryService, current, needsPods: true);
    }

    /// <summary>Whether a Service selects a version already, or will once this decision's effects are made.</summary>
    public static bool Selects(DecisionDraft draft, ServiceObservation? service, string hash) =>
        service is not null
        && (draft.Effects.OfType<Effect.SelectVersion>().LastOrDefault(e => e.Name == service.Name)?.Hash ?? service.SelectedHash) == hash;

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
