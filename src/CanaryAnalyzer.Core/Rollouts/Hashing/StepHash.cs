using System.Text.Json;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Core.Rollouts.Hashing;

/// <summary>
/// The hash of a Rollout's steps. Members are put into the order in which Argo Rollouts writes them, so that a Rollout taken over in the middle of an update
/// keeps its step.
/// </summary>
public static class StepHash
{
    private static readonly string[] StepOrder =
        ["setWeight", "pause", "experiment", "analysis", "setCanaryScale", "setHeaderRoute", "setMirrorRoute", "plugin"];

    /// <summary>The hash of the steps as they stand in the resource; an absent list hashes like none.</summary>
    public static string Of(JsonElement? steps)
    {
        if (steps is not { ValueKind: JsonValueKind.Array } array) return PodHash.OfText("null");
        var ordered = new JsonArray([.. array.EnumerateArray().Select(Order)]);
        return PodHash.OfText(ordered.ToJsonString());
    }

    private static JsonNode? Order(JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object) return null;
        var result = new JsonObject();
        foreach (var member in step.EnumerateObject().OrderBy(m => Array.IndexOf(StepOrder, m.Name) is var i && i < 0 ? int.MaxValue : i))
        {
            if (member.Value.ValueKind != JsonValueKind.Null) result[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return result;
    }
}
