using System.Globalization;
using CanaryAnalyzer.Client.Views;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>A Rollout as one line of <c>list rollouts</c>.</summary>
internal sealed record RolloutLine(
    string Namespace, string Name, string Strategy, string Status, string Step, string SetWeight, string Ready, string Desired, string UpToDate, string Available)
{
    private const string None = "-";

    public static RolloutLine Of(RolloutSummary rollout) => new(
        rollout.Namespace,
        rollout.Name,
        rollout.Strategy.Length == 0 ? None : rollout.Strategy,
        rollout.Phase.Phase,
        rollout.Canary is { Step.Length: > 0 } ? rollout.Canary.Step : None,
        rollout.Canary is { } canary ? Number(canary.SetWeight) : None,
        $"{Number(rollout.Replicas.Ready)}/{Number(rollout.Replicas.Current)}",
        Number(rollout.Replicas.Desired),
        Number(rollout.Replicas.Updated),
        Number(rollout.Replicas.Available));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
