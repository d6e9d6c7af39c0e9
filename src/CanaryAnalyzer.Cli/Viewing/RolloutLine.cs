using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>A Rollout as one line of <c>list rollouts</c>.</summary>
internal sealed record RolloutLine(
    string Namespace, string Name, string Strategy, string Status, string Step, string SetWeight, string Ready, string Desired, string UpToDate, string Available)
{
    private const string None = "-";

    public static RolloutLine Of(JsonObject rollout)
    {
        var counts = ReplicaCounts.Of(rollout);
        var strategy = RolloutView.StrategyOf(rollout);
        var canary = strategy == "Canary" ? CanaryProgress.Of(rollout, []) : null;
        return new RolloutLine(
            rollout.Text("metadata", "namespace") ?? "",
            rollout.Text("metadata", "name") ?? "",
            strategy.Length == 0 ? None : strategy,
            RolloutPhase.Of(rollout).Phase,
            canary is { Step.Length: > 0 } ? canary.Step : None,
            canary is null ? None : Number(canary.SetWeight),
            $"{Number(counts.Ready)}/{Number(counts.Current)}",
            Number(counts.Desired),
            Number(counts.Updated),
            Number(counts.Available));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
