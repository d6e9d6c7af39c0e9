using System.Text.Json.Nodes;
using CanaryAnalyzer.Client.Views;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>What a PromotionPolicy's status counts of a Rollout, and what decides whether the policy can act on it. A verdict, which changes with each look, is no part of it.</summary>
/// <param name="Uid">Which Rollout of the name it is.</param>
/// <param name="Spec">Which spec it has.</param>
/// <param name="Metadata">Its labels and annotations, which select it and give arguments their values.</param>
/// <param name="Policy">The policy that decides its pause; null where it is at no gate.</param>
/// <param name="AnalysisRun">The run that judges the pause; null where there is none.</param>
/// <param name="WaitingReason">Why it waits for a human; null while it does not.</param>
/// <param name="WaitingSince">Since when it waits, as the API server spells it.</param>
internal sealed record PolicyFacts(string Uid, SpecVersion Spec, string Metadata, string? Policy, string? AnalysisRun, string? WaitingReason, string? WaitingSince)
{
    /// <summary>The facts of a Rollout, read once for each version of it.</summary>
    public static PolicyFacts Of(CachedResource rollout) => rollout.As(Read);

    private static PolicyFacts Read(JsonObject rollout)
    {
        var gate = rollout.At("status", "canaryAnalyzer");
        return new PolicyFacts(
            rollout.Uid(),
            SpecVersion.Of(rollout),
            $"{rollout.At("metadata", "labels")?.ToJsonString()} {rollout.At("metadata", "annotations")?.ToJsonString()}",
            gate.Text("policy"),
            JudgingRun.OfStep(rollout),
            gate.Text("waitingReason"),
            gate.Text("waitingSince"));
    }
}
