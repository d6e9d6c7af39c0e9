using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Finds the wanted and the stable version, makes the wanted one's ReplicaSet, and numbers the revision.</summary>
internal static class RevisionRule
{
    public const string RevisionAnnotation = "rollout.argoproj.io/revision";

    public static void Apply(DecisionDraft draft, PodTemplate template)
    {
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
        if (draft.Seen.IsNameTaken)
        {
            // The next pass hashes with the new count and so gets another name.
            draft.Status = draft.Status with { CollisionCount = draft.Status.CollisionCount + 1 };
            draft.LookAgain(draft.Now);
            return;
        }

        draft.Revision = newest + 1;
        var name = $"{draft.Seen.Identity.Name}-{template.Hash}";
        draft.Do(new Effect.CreateReplicaSet(name, template.Hash, draft.Revision, template.Json));
        draft.Tell("NewReplicaSetCreated", $"Created ReplicaSet {name} (revision {draft.Revision})");
    }
}
