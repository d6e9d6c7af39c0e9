using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>The words that change a Rollout's spec.</summary>
internal static class SpecCommands
{
    private static readonly RolloutAnalysis Analysis = new() { Templates = [new AnalysisTemplateReference("success-rate", false)] };

    public static void Set(RolloutWorld world, Words words)
    {
        var canary = world.Canary;
        var field = words.Next();
        world.Generation++;
        world.Spec = field switch
        {
            "replicas" => Replicas(world, words),
            "paused" => world.Spec with { Paused = words.Next() == "true" },
            "minReadySeconds" => world.Spec with { MinReadySeconds = words.Number() },
            "progressDeadline" => world.Spec with { ProgressDeadline = words.Duration() },
            "progressDeadlineAbort" => world.Spec with { ProgressDeadlineAbort = true },
            "revisionHistoryLimit" => world.Spec with { RevisionHistoryLimit = words.Number() },
            "successfulRuns" => world.Spec with { SuccessfulRunHistoryLimit = words.Number() },
            "unsuccessfulRuns" => world.Spec with { UnsuccessfulRunHistoryLimit = words.Number() },
            "workload" => Workload(world, words),
            "steps" => world.Spec with { Strategy = canary with { Steps = Steps(words.Rest()) } },
            "background" => world.Spec with { Strategy = canary with { Background = new BackgroundAnalysis(Analysis, words.Number()) } },
            "scaleDownDelay" => world.Spec with { Strategy = canary with { ScaleDownDelay = words.Duration() } },
            "scaleDownDelayRevisionLimit" => world.Spec with { Strategy = canary with { ScaleDownDelayRevisionLimit = words.Number() } },
            "abortScaleDownDelay" => world.Spec with { Strategy = canary with { AbortScaleDownDelay = words.TryTake("never") ? null : words.Duration() } },
            "minPods" => world.Spec with { Strategy = canary with { MinPodsPerReplicaSet = words.Number() } },
            "threshold" => world.Spec with { Strategy = canary with { Threshold = new ProgressThreshold(words.Number(), null) } },
            _ => throw new FormatException($"spec has no {field}"),
        };
    }

    /// <summary>Steps, separated by commas: <c>weight 20, pause, pause 30s, analysis</c>.</summary>
    public static ImmutableArray<CanaryStep> Steps(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Step)];

    private static CanaryStep Step(string text)
    {
        var words = new Words(text);
        return words.Next() switch
        {
            "weight" => new CanaryStep.SetWeight(words.Number()),
            "pause" => new CanaryStep.Pause(words.AtEnd ? null : words.Duration()),
            "analysis" => new CanaryStep.Analysis(Analysis),
            _ => throw new FormatException($"There is no step {text}"),
        };
    }

    // "replicas unset 3": the Rollout gives no number, and 3 is what it would get.
    private static RolloutSpec Replicas(RolloutWorld world, Words words)
    {
        var isUnset = words.TryTake("unset");
        var replicas = words.Number();
        world.UnsetReplicas = isUnset ? replicas : null;
        return world.Spec with { Replicas = replicas };
    }

    private static RolloutSpec Workload(RolloutWorld world, Words words)
    {
        var mode = Enum.Parse<ScaleDownMode>(words.Next(), ignoreCase: true);
        world.Workload = new WorkloadObservation("web-app", 1, words.Number());
        return world.Spec with { Workload = new WorkloadReference("Deployment", "web-app", mode) };
    }
}
