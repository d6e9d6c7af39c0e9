using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Client.Views;
using CanaryAnalyzer.Core.Rollouts.Commands;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Commands;

/// <summary>Reads what commands need to know of a Rollout, whichever controller wrote it; a field of the wrong kind reads as absent.</summary>
public static class CommandStateReader
{
    /// <summary>Reads it.</summary>
    public static CommandState Read(JsonObject rollout)
    {
        var status = rollout["status"];
        var release = status.At("canary", "release");
        ImmutableArray<PauseCondition> pauses =
        [
            .. status.Objects("pauseConditions").Select(pause => new PauseCondition(pause.Text("reason") ?? "", pause.Instant("startTime") ?? DateTimeOffset.UnixEpoch)),
        ];
        return new CommandState
        {
            Name = rollout.Name(),
            IsPaused = rollout.Flag("spec", "paused"),
            IsAborted = status.Flag("abort"),
            IsObserved = PhaseView.IsObserved(rollout),
            CurrentHash = status.Text("currentPodHash") ?? "",
            StableHash = status.Text("stableRS") ?? "",
            ControllerPause = status.Flag("controllerPause"),
            Pauses = pauses,
            Step = status.Whole("currentStepIndex"),
            StepCount = rollout.Items("spec", "strategy", "canary", "steps").Count(),
            ObservedStep = release.Whole("step"),
            // Other controllers write no time of the step, and the pause's in whole seconds, cut off.
            StepSince = release.Instant("stepSince") ?? pauses.Where(pause => pause.StartTime > DateTimeOffset.UnixEpoch).Select(pause => (DateTimeOffset?)pause.StartTime).Max(),
        };
    }
}
