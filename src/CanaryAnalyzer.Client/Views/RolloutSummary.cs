using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>A Rollout in a list, from the Rollout alone.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Strategy"><c>Canary</c>, <c>BlueGreen</c> or nothing.</param>
/// <param name="Phase">Its phase and message.</param>
/// <param name="Canary">Where it is in its steps; null for other strategies than canary.</param>
/// <param name="Replicas">Its numbers of pods.</param>
public sealed record RolloutSummary(string Namespace, string Name, string Strategy, PhaseView Phase, CanaryProgress? Canary, ReplicaCounts Replicas)
{
    /// <summary>Reads it.</summary>
    public static RolloutSummary Of(JsonObject rollout)
    {
        var strategy = RolloutView.StrategyOf(rollout);
        var canary = strategy == "Canary" ? CanaryProgress.Of(rollout, []) : null;
        return new RolloutSummary(rollout.Namespace(), rollout.Name(), strategy, PhaseView.Of(rollout), canary, ReplicaCounts.Of(rollout));
    }
}
