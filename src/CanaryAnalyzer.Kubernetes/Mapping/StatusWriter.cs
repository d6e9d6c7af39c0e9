using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using Wire = CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Writes a Rollout's status.</summary>
public static class StatusWriter
{
    // Fields that this controller owns: those absent from the new status are removed. All others stay as they are.
    private static readonly string[] Owned =
    [
        "abort", "abortedAt", "promoteFull", "pauseConditions", "controllerPause", "currentPodHash", "currentStepHash", "currentStepIndex", "stableRS", "replicas",
        "updatedReplicas", "readyReplicas", "availableReplicas", "HPAReplicas", "selector", "collisionCount", "observedGeneration", "workloadObservedGeneration",
        "conditions", "phase", "message", "canaryAnalyzer",
    ];

    private static readonly string[] OwnedInCanary = ["currentStepAnalysisRunStatus", "currentBackgroundAnalysisRunStatus", "weights", "release"];

    /// <summary>The status as a merge patch of what changed; null where nothing did.</summary>
    /// <param name="before">The status as it was read; null where there was none.</param>
    /// <param name="next">The status that shall be.</param>
    /// <param name="services">The Services' names; null where the spec cannot be read.</param>
    public static JsonObject? Patch(JsonObject? before, RolloutStatus next, ServiceNames? services)
    {
        var wanted = (JsonObject)JsonSerializer.SerializeToNode(Wire(next, services), WireJson.Options)!;
        var inCanary = wanted["canary"] as JsonObject ?? [];
        wanted.Remove("canary");
        foreach (var name in Owned) wanted.TryAdd(name, null);
        foreach (var name in OwnedInCanary) inCanary.TryAdd(name, null);
        var patch = MergePatch.Between(before ?? [], wanted);
        var canaryPatch = MergePatch.Between(before?["canary"] as JsonObject ?? [], inCanary);
        if (canaryPatch.Count > 0) patch["canary"] = canaryPatch;
        return patch.Count == 0 ? null : patch;
    }

    private static Wire.RolloutStatus Wire(RolloutStatus status, ServiceNames? services) => new()
    {
        Abort = status.Abort ? true : null,
        AbortedAt = status.AbortedAt,
        PromoteFull = status.PromoteFull ? true : null,
        PauseConditions = status.PauseConditions.IsEmpty
            ? null
            : [.. status.PauseConditions.Select(p => new Wire.RolloutStatus.PauseCondition { Reason = p.Reason, StartTime = p.StartTime })],
        ControllerPause = status.ControllerPause ? true : null,
        CurrentPodHash = Text(status.CurrentPodHash),
        CurrentStepHash = Text(status.CurrentStepHash),
        CurrentStepIndex = status.CurrentStepIndex,
        StableRS = Text(status.StableHash),
        Replicas = status.Replicas,
        UpdatedReplicas = status.UpdatedReplicas,
        ReadyReplicas = status.ReadyReplicas,
        AvailableReplicas = status.AvailableReplicas,
        HpaReplicas = status.Replicas,
        Selector = Text(status.Selector),
        CollisionCount = status.CollisionCount == 0 ? null : status.CollisionCount,
        ObservedGeneration = Text(status.ObservedGeneration),
        WorkloadObservedGeneration = Text(status.WorkloadObservedGeneration),
        Conditions = [.. status.Conditions.Select(Condition)],
        Phase = status.Phase?.ToString(),
        Message = Text(status.Message),
        Canary = new Wire.CanaryStatus
        {
            CurrentStepAnalysisRunStatus = Run(status.StepRun),
            CurrentBackgroundAnalysisRunStatus = Run(status.BackgroundRun),
            Weights = Weights(status, services),
            Release = Release(status.Release),
        },
        CanaryAnalyzer = Gate(status.Gate),
    };

    private static string? Text(string text) => text.Length == 0 ? null : text;

    private static Condition Condition(RolloutCondition condition) => new()
    {
        Type = condition.Type,
        Status = condition.Status,
        Reason = condition.Reason,
        Message = condition.Message,
        LastUpdateTime = condition.LastUpdateTime,
        LastTransitionTime = condition.LastTransitionTime,
    };

    private static Wire.AnalysisRunSummary? Run(AnalysisRunReference? run) =>
        run is null ? null : new Wire.AnalysisRunSummary { Name = run.Name, Status = run.Phase.ToString(), Message = Text(run.Message) };

    private static Wire.CanaryStatus.TrafficWeights? Weights(RolloutStatus status, ServiceNames? services) => status.Weights is not { } weights ? null : new()
    {
        Canary = new() { Weight = weights.Canary, ServiceName = services?.Canary, PodTemplateHash = Text(weights.CanaryHash) },
        Stable = new() { Weight = TrafficWeights.Max - weights.Canary, ServiceName = services?.Stable, PodTemplateHash = Text(weights.StableHash) },
        Verified = weights.Verified,
        Changes = status.WeightChanges.IsEmpty ? null : [.. status.WeightChanges],
    };

    private static Wire.CanaryStatus.ReleaseSummary? Release(ReleaseStatus? release) => release is null ? null : new()
    {
        StartedAt = release.StartedAt,
        AnalysisRun = Run(release.Run),
        LastRun = Text(release.LastRun),
        LastPolicy = Text(release.LastPolicy),
        LastPauseRun = Text(release.LastPauseRun),
        Anew = Text(release.Anew),
        UnwatchedSince = release.UnwatchedSince,
        Step = release.Step,
        StepSince = release.StepSince is { } since ? KubernetesTime.FormatMicro(since) : null,
        Weights = release.Weights.IsEmpty ? null : [.. release.Weights.Select(w => new Wire.CanaryStatus.WeightChange { Weight = w.Weight, At = w.At })],
        Overruled = release.Overruled.IsEmpty ? null : [.. release.Overruled],
    };

    private static Wire.RolloutStatus.GateSummary? Gate(GateStatus? gate) => gate is null ? null : new()
    {
        Policy = Text(gate.Policy),
        Observes = gate.Observes ? true : null,
        Look = gate.Look,
        Evidence = Finite(gate.Evidence),
        Threshold = Finite(gate.Threshold),
        Earliest = gate.Earliest,
        Deadline = gate.Deadline,
        WaitingReason = Text(gate.WaitingReason),
        WaitingSince = gate.WaitingSince,
        Verdict = Text(gate.Verdict),
    };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
