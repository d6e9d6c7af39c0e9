using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>A run that a status names.</summary>
internal static class FollowedRun
{
    /// <summary>The run that a status names, where it is there.</summary>
    public static AnalysisRunObservation? Find(DecisionDraft draft, AnalysisRunReference? reference) =>
        reference is null ? null : draft.Seen.Runs.FirstOrDefault(r => r.Name == reference.Name);

    /// <summary>A reference as the run is now, told where its phase changed; null where the run is gone.</summary>
    public static AnalysisRunReference? Refresh(DecisionDraft draft, AnalysisRunReference? reference)
    {
        if (Find(draft, reference) is not { } run) return null;
        if (run.Phase != reference!.Phase && run.Phase != AnalysisPhase.Pending)
        {
            var text = $"{run.Kind} Analysis Run '{run.Name}' Status New: '{run.Phase}' Previous: '{reference.Phase}'";
            if (run.Phase is AnalysisPhase.Running or AnalysisPhase.Successful) draft.Tell($"AnalysisRun{run.Phase}", text);
            else draft.Warn($"AnalysisRun{run.Phase}", text);
        }

        return new AnalysisRunReference(run.Name, run.Phase, run.Message);
    }
}
