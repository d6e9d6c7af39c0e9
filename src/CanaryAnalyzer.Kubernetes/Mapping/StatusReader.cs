using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using Wire = CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Reads a Rollout's status.</summary>
public static class StatusReader
{
    /// <summary>Reads the status; an absent one is that of a new Rollout.</summary>
    /// <exception cref="JsonException">A field has a value of the wrong kind, which the API server lets nobody write where our definitions are installed.</exception>
    public static RolloutStatus Read(JsonObject resource)
    {
        if (resource["status"].Deserialize<Wire.RolloutStatus>(WireJson.Options) is not { } wire) return new RolloutStatus();
        return new RolloutStatus
        {
            Abort = wire.Abort ?? false,
            AbortedAt = wire.AbortedAt,
            PromoteFull = wire.PromoteFull ?? false,
            PauseConditions = [.. (wire.PauseConditions ?? []).Select(p => new PauseCondition(p.Reason, p.StartTime))],
            ControllerPause = wire.ControllerPause ?? false,
            CurrentPodHash = wire.CurrentPodHash ?? "",
            CurrentStepHash = wire.CurrentStepHash ?? "",
            CurrentStepIndex = wire.CurrentStepIndex,
            StableHash = wire.StableRS ?? "",
            Replicas = wire.Replicas ?? 0,
            UpdatedReplicas = wire.UpdatedReplicas ?? 0,
            ReadyReplicas = wire.ReadyReplicas ?? 0,
            AvailableReplicas = wire.AvailableReplicas ?? 0,
            Selector = wire.Selector ?? "",
            CollisionCount = wire.CollisionCount ?? 0,
            ObservedGeneration = wire.ObservedGeneration ?? "",
            WorkloadObservedGeneration = wire.WorkloadObservedGeneration ?? "",
            Conditions = [.. (wire.Conditions ?? []).Select(Condition)],
            Phase = Enum.TryParse<RolloutPhase>(wire.Phase, out var phase) ? phase : null,
            Message = wire.Message ?? "",
            StepRun = Run(wire.Canary?.CurrentStepAnalysisRunStatus),
            BackgroundRun = Run(wire.Canary?.CurrentBackgroundAnalysisRunStatus),
            Weights = wire.Canary?.Weights is { } weights
                ? new Core.Rollouts.Statuses.TrafficWeights(weights.Canary.Weight, weights.Canary.PodTemplateHash ?? "", weights.Stable.PodTemplateHash ?? "", weights.Verified)
                : null,
            WeightChanges = [.. wire.Canary?.Weights?.Changes ?? []],
            Gate = Gate(wire.CanaryAnalyzer),
            Release = Release(wire.Canary?.Release),
        };
    }

    private static RolloutCondition Condition(Condition wire) => new(
        wire.Type, wire.Status, wire.Reason ?? "", wire.Message ?? "", wire.LastUpdateTime ?? DateTimeOffset.UnixEpoch, wire.LastTransitionTime ?? DateTimeOffset.UnixEpoch);

    private static AnalysisRunReference? Run(Wire.AnalysisRunSummary? wire) => wire is null ? null
        : new AnalysisRunReference(wire.Name, Enum.TryParse<AnalysisPhase>(wire.Status, out var phase) ? phase : AnalysisPhase.Pending, wire.Message ?? "");

    private static ReleaseStatus? Release(Wire.CanaryStatus.ReleaseSummary? wire) => wire is null ? null : new ReleaseStatus
    {
        StartedAt = wire.StartedAt,
        Run = Run(wire.AnalysisRun),
        LastRun = wire.LastRun ?? "",
        LastPolicy = wire.LastPolicy ?? "",
        LastPauseRun = wire.LastPauseRun ?? "",
        Anew = wire.Anew ?? "",
        UnwatchedSince = wire.UnwatchedSince,
        Step = wire.Step,
        StepSince = KubernetesTime.Parse(wire.StepSince),
        Weights = [.. (wire.Weights ?? []).Select(w => new Core.Rollouts.Statuses.WeightChange(w.Weight, w.At))],
        Overruled = [.. wire.Overruled ?? []],
    };

    private static GateStatus? Gate(Wire.RolloutStatus.GateSummary? wire) => wire is null ? null : new GateStatus
    {
        Policy = wire.Policy ?? "",
        Observes = wire.Observes ?? false,
        Look = wire.Look ?? 0,
        Evidence = wire.Evidence,
        Threshold = wire.Threshold,
        Earliest = wire.Earliest,
        Deadline = wire.Deadline,
        WaitingReason = wire.WaitingReason ?? "",
        WaitingSince = wire.WaitingSince,
        Verdict = wire.Verdict ?? "",
    };
}
