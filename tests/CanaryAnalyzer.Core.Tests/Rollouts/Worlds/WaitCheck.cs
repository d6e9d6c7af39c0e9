using System.Globalization;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Core.Rollouts.Waits;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>Whether what a release says that it waits for is so in the world, found out from the world alone.</summary>
internal static partial class WaitCheck
{
    private const int MatchTimeout = 1000;

    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Of(RolloutWorld world)
    {
        var status = world.Status;
        var isStuck = status.Condition(ConditionTypes.Progressing)?.Reason == "ProgressDeadlineExceeded" && !status.Abort && status.Condition(ConditionTypes.InvalidSpec) is null;
        var isInProgress = isStuck || status.Phase is RolloutPhase.Progressing or RolloutPhase.Paused;
        var condition = status.Condition(ConditionTypes.Waiting);
        if (!isInProgress) return condition is null || status.Phase == RolloutPhase.Degraded && isStuck ? null : $"{status.Phase} and yet it waits: {condition.Message}";
        if (condition is null) return $"{status.Phase} {status.Message}, and nothing is waited for";
        var thing = condition.Message["Waiting for ".Length..];
        if (status.Phase == RolloutPhase.Degraded && !status.Message.Contains("has timed out progressing: ", StringComparison.Ordinal)) return $"the message names nothing: {status.Message}";
        if (status.Phase == RolloutPhase.Progressing && !status.Message.EndsWith($": waiting for {thing}", StringComparison.Ordinal)) return $"the message does not name it: {status.Message}";
        var reason = Enum.Parse<WaitReason>(condition.Reason);
        return IsTrue(world, reason, thing) ? null : $"{status.Phase}: not so: {reason}: {thing}";
    }

    private static bool IsTrue(RolloutWorld world, WaitReason reason, string thing)
    {
        var status = world.Status;
        var step = status.CurrentStepIndex is { } index && index < world.Canary.Steps.Length ? world.Canary.Steps[index] : null;
        var isDecidedByUser = !world.Policies.Exists(p => p.Spec!.Mode == PolicyMode.Enforce) && step is CanaryStep.Pause;
        var isGated = step is CanaryStep.Pause && world.Policies is [{ Spec.Mode: PolicyMode.Enforce, Errors.IsEmpty: true }];
        return reason switch
        {
            WaitReason.PodsUnavailable => Counts(world, thing) is var (has, wants, _) && has < wants,
            WaitReason.PodsSurplus => Version(world, thing) is { } version && version.Pods.Count > int.Parse(Surplus().Match(thing).Groups["wants"].Value, CultureInfo.InvariantCulture),
            WaitReason.RouteNotAccepted => world.Routes.Exists(r => !r.IsAccepted(world.Now)),
            WaitReason.ServiceNotSwitched => world.CanaryService.Hash != status.CurrentPodHash || world.StableService.Hash != status.StableHash,
            WaitReason.PauseNotOver => isDecidedByUser && step is CanaryStep.Pause { Duration: not null } && world.NextInstant() is not null,
            WaitReason.ManualPause => isDecidedByUser && step is CanaryStep.Pause { Duration: null } && !status.PauseConditions.IsEmpty,
            WaitReason.InconclusiveAnalysis => status.PauseConditions.Any(p => p.Reason == PauseCondition.InconclusiveAnalysis),
            WaitReason.RolloutPaused => world.Spec.Paused,
            WaitReason.NamespaceHeld => world.IsNamespaceHeld && isGated,
            WaitReason.PolicySuspended => world.Policies is [{ Spec.Suspend: true }] && isGated,
            WaitReason.PolicyConflict => world.Policies.Count > 1,
            WaitReason.PolicyInvalid => world.Policies.Exists(p => !p.Errors.IsEmpty),
            WaitReason.PolicyWaits => isGated && world.Policies[0].Spec is { OnSuccessful: GateAction.Wait } or { OnFailed: GateAction.Wait },
            WaitReason.CollectingData => isGated && (IsRunning(world, thing) || world.Last!.LookAgainAt is not null),
            WaitReason.NoData or WaitReason.QueryError or WaitReason.Undecided => isGated && world.Runs.Exists(r => thing.Contains(r.Made.Name, StringComparison.Ordinal)),
            WaitReason.AnalysisRunning => step is CanaryStep.Analysis && IsRunning(world, thing),
            _ => false,
        };
    }

    private static bool IsRunning(RolloutWorld world, string thing) =>
        world.Runs.Exists(r => r.Phase is AnalysisPhase.Running or AnalysisPhase.Pending && thing.Contains($" {r.Made.Name} ", StringComparison.Ordinal));

    private static (int Has, int Wants, WorldVersion Version)? Counts(RolloutWorld world, string thing)
    {
        var match = Available().Match(thing);
        if (!match.Success || Version(world, thing) is not { } version) return null;
        var (said, wants) = (int.Parse(match.Groups["has"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["wants"].Value, CultureInfo.InvariantCulture));
        return said == version.Available(world.Now) ? (said, wants, version) : null;
    }

    private static WorldVersion? Version(RolloutWorld world, string thing) => world.Versions.Find(v => Named().Match(thing).Groups["name"].Value == v.Name);

    [GeneratedRegex(": (?<has>[0-9]+) of (?<wants>[0-9]+) available", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Available();

    [GeneratedRegex("to have (?<wants>[0-9]+) pods", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Surplus();

    [GeneratedRegex("ReplicaSet (?<name>[^ :]+)", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Named();
}
