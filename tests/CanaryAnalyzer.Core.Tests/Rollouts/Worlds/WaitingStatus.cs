using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>Whether the controller lets a decision's status wait for what follows (decision 0009), by the values where the controller goes by the JSON.</summary>
internal static class WaitingStatus
{
    public static bool May(RolloutStatus before, RolloutDecision decision) =>
        before.Phase is not null && decision.NextStatus.Weights is not { Verified: false } && decision.Events.All(EventSummary.IsIncidental) && StatusText.Of(Settled(before)) == StatusText.Of(Settled(decision.NextStatus));

    private static RolloutStatus Settled(RolloutStatus status)
    {
        var isAnalysed = status.StepRun is not null || status.BackgroundRun is not null || status.Release?.Run is not null;
        return status with
        {
            Replicas = 0,
            UpdatedReplicas = 0,
            ReadyReplicas = 0,
            AvailableReplicas = 0,
            Message = status.Phase == RolloutPhase.Progressing ? "" : status.Message,
            Weights = isAnalysed ? status.Weights : null,
            WeightChanges = isAnalysed ? status.WeightChanges : [],
            Release = isAnalysed ? status.Release : status.Release is { } release ? release with { Weights = [] } : null,
            Conditions = [.. status.Conditions.Where(c => c.Type != ConditionTypes.Waiting).OrderBy(c => c.Type, StringComparer.Ordinal).Select(Settled)],
        };
    }

    private static RolloutCondition Settled(RolloutCondition condition) =>
        condition is { Type: ConditionTypes.Progressing, IsTrue: true } ? condition with { Reason = "", Message = "", LastUpdateTime = default } : condition;
}
