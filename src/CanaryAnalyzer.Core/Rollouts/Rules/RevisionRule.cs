using System.Text.Json;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Finds the wanted and the stable version, makes the wanted one's ReplicaSet, and numbers the revision.</summary>
internal static class RevisionRule
{
    public const string RevisionAnnotation = "rollout.argoproj.io/revision";

    /// <summary>Whether the name that the wanted version would get belongs to something else; the next pass hashes with a higher count and so gets another name.</summary>
    public static bool IsHashTaken(RolloutObservation seen) => seen.IsNameTaken && !seen.ReplicaSets.Any(r => r.IsWanted);

    /// <summary>Tells of a new ReplicaSet and an update begun.</summary>
    public static void Tell(DecisionDraft draft)
    {
        if (draft.Effects.OfType<Effect.CreateReplicaSet>().FirstOrDefault() is { } made)
            draft.Tell("NewReplicaSetCreated", $"Created ReplicaSet {made.Name} (revision {made.Revision})");
        if (draft is { IsNewVersion: true, Status.IsFullyPromoted: false })
            draft.Tell("RolloutNotCompleted", $"Rollout not completed, started update to revision {draft.Revision} ({draft.Status.CurrentPodHash})");
    }

    public static void Apply(DecisionDraft draft)
    {
        var template = draft.Seen.Template!;
        var sets = draft.Seen.ReplicaSets;
        var stableHash = draft.Status.StableHash;
        draft.Stable = stableHash.Length == 0 ? null : sets.FirstOrDefault(r => r.Hash == stableHash);
        draft.Current = sets.Where(r => r.IsWanted)
            .OrderByDescending(r => r.Hash == template.Hash).ThenByDescending(r => r.Hash == stableHash).ThenByDescending(r => r.Revision)
            .FirstOrDefault();
        var newest = sets.Select(r => r.Revision).DefaultIfEmpty(0).Max();
        if (draft.Current is { } current) Number(draft, current, newest);
        else Make(draft, template, newest);
        var annotated = draft.Seen.Identity.Annotations.GetValueOrDefault(RevisionAnnotation, "");
        if (draft.Revision > 0 && annotated != $"{draft.Revision}") draft.Do(new Effect.AnnotateRevision(draft.Revision));
    }

    private static void Number(DecisionDraft draft, ReplicaSetObservation current, int newest)
    {
        draft.Revision = current.Revision;
        if (current.Revision > 0 && current.Revision == newest) return;
        draft.Revision = newest + 1;
        var history = current.Revision == 0 ? current.RevisionHistory
            : current.RevisionHistory.Length == 0 ? $"{current.Revision}" : $"{current.RevisionHistory},{current.Revision}";
        draft.Do(new Effect.UpdateReplicaSet { Name = current.Name, Revision = (draft.Revision, history) });
    }

    private static void Make(DecisionDraft draft, PodTemplate template, int newest)
    {
        draft.Revision = newest + 1;
        var name = $"{draft.Seen.Identity.Name}-{template.Hash}";
        draft.Do(new Effect.CreateReplicaSet
        {
            Name = name,
            Hash = template.Hash,
            Revision = draft.Revision,
            Template = template.Json,
            Origin = template.Origin,
            Selector = Selector(draft.Seen.Identity.Resource),
            RolloutReplicas = draft.Spec.Replicas,
            MinReadySeconds = draft.Spec.MinReadySeconds,
        });
    }

    private static string Selector(JsonElement rollout) =>
        rollout.ValueKind == JsonValueKind.Object && rollout.TryGetProperty("spec", out var spec)
        && spec.TryGetProperty("selector", out var selector) && selector.ValueKind == JsonValueKind.Object ? selector.GetRawText() : "{}";
}
