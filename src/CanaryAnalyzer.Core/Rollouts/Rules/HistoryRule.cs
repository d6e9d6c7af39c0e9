using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Deletes versions and runs beyond those that are kept.</summary>
internal static class HistoryRule
{
    // Runs that break one after the other without a look must not pile up.
    private const int MostLinks = 10;

    public static void Apply(DecisionDraft draft)
    {
        var gone = draft.Others.Where(o => o is { Desired: 0, Created: 0 })
            .OrderByDescending(o => o.Revision).ThenByDescending(o => o.CreatedAt).ThenBy(o => o.Name, StringComparer.Ordinal)
            .Skip(draft.Spec.RevisionHistoryLimit).ToList();
        foreach (var version in gone) draft.Do(new Effect.DeleteReplicaSet(version.Name));
        Runs(draft, gone);
    }

    private static void Runs(DecisionDraft draft, List<ReplicaSetObservation> gone)
    {
        var (before, now) = (Followed(draft.Seen.Status), Followed(draft.Status));
        if (!before.SequenceEqual(now)) draft.LookAgain(draft.Now);
        var followed = Chain(draft, [.. before, .. now]);
        var ended = draft.Seen.Runs.Where(r => r.Kind != AnalysisRunKind.Other && r.IsCompleted && !followed.Contains(r.Name)).ToList();
        var left = draft.Seen.ReplicaSets.Except(gone).Select(r => r.Hash).Append(draft.Status.CurrentPodHash).Append(draft.Status.StableHash).ToHashSet(StringComparer.Ordinal);
        var orphans = ended.Where(r => !left.Contains(r.PodHash)).ToList();
        var kept = ended.Except(orphans).ToList();
        var successful = Beyond(kept.Where(r => r.Phase == AnalysisPhase.Successful), draft.Spec.SuccessfulRunHistoryLimit);
        var others = Beyond(kept.Where(r => r.Phase != AnalysisPhase.Successful), draft.Spec.UnsuccessfulRunHistoryLimit);
        foreach (var run in orphans.Concat(successful).Concat(others)) draft.Do(new Effect.DeleteAnalysisRun(run.Name));
    }

    // The runs of a release's chain are read by their followers, and at its end.
    private static string?[] Followed(RolloutStatus status) =>
        [status.StepRun?.Name, status.BackgroundRun?.Name, status.Release?.Run?.Name, status.Release?.LastRun, status.Release?.LastPauseRun];

    // A run that has not looked, or may not have with all of its metrics, has its evidence from those before it alone.
    private static HashSet<string> Chain(DecisionDraft draft, IEnumerable<string?> followed)
    {
        var byName = draft.Seen.Runs.ToDictionary(r => r.Name, StringComparer.Ordinal);
        var chain = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in followed)
        {
            var name = link;
            for (var links = 0; links < MostLinks && name is { Length: > 0 } && chain.Add(name) && byName.TryGetValue(name, out var run); links++)
                name = run is { IsCompleted: true, Verdict.Look: > 0 } ? null : run.Continues;
        }

        return chain;
    }

    private static IEnumerable<AnalysisRunObservation> Beyond(IEnumerable<AnalysisRunObservation> runs, int limit) =>
        runs.OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Name, StringComparer.Ordinal).Skip(limit);
}
