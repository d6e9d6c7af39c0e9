using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>Where a canary is in its steps, and what weight that means.</summary>
/// <param name="Step">As <c>1/3</c>; empty without steps.</param>
/// <param name="SetWeight">The weight that the steps ask for.</param>
/// <param name="ActualWeight">The weight that the canary has.</param>
public sealed record CanaryProgress(string Step, int SetWeight, int ActualWeight)
{
    /// <summary>Reads it of a Rollout and its ReplicaSets, which are needed where no router carries the weight.</summary>
    public static CanaryProgress Of(JsonObject rollout, IEnumerable<ReplicaSetView> replicaSets)
    {
        var canary = rollout.At("spec", "strategy", "canary");
        var steps = canary.Items("steps").ToList();
        var most = canary.Whole("trafficRouting", "maxTrafficWeight") ?? 100;
        var index = rollout.Whole("status", "currentStepIndex");
        var step = index is { } known && steps.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{known}/{steps.Count}") : "";
        var hasStep = steps.Count > 0 && (index ?? 0) < steps.Count;
        var set = SetWeightOf(rollout, steps, hasStep, index ?? 0, most);
        return new CanaryProgress(step, set, hasStep ? ActualWeightOf(rollout, canary, replicaSets, set) : most);
    }

    private static int SetWeightOf(JsonObject rollout, List<JsonNode> steps, bool hasStep, int index, int most)
    {
        if (rollout.Flag("status", "abort"))
            return 0;
        if (!hasStep)
            return most;
        return steps.Take(index + 1).Reverse().Select(step => step.Whole("setWeight")).FirstOrDefault(weight => weight is not null) ?? 0;
    }

    private static int ActualWeightOf(JsonObject rollout, JsonNode? canary, IEnumerable<ReplicaSetView> replicaSets, int set)
    {
        var available = rollout.Whole("status", "availableReplicas") ?? 0;
        if (available == 0)
            return 0;
        if (canary.At("trafficRouting") is not null)
            return rollout.Whole("status", "canary", "weights", "canary", "weight") ?? set;
        return replicaSets.FirstOrDefault(one => one.Roles.Contains("canary")) is { } found ? found.Available * 100 / available : 0;
    }
}
