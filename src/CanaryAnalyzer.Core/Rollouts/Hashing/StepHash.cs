using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Core.Rollouts.Hashing;

/// <summary>
/// The hash of a Rollout's steps. They are written as Argo Rollouts writes them (members in its order, its one member that is always there, Go's escapes), so
/// that a Rollout taken over in the middle of an update keeps its step.
/// </summary>
public static class StepHash
{
    private static readonly JsonSerializerOptions AsGo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Order =
    [
        "setWeight", "pause", "experiment", "analysis", "setCanaryScale", "setHeaderRoute", "setMirrorRoute", "plugin",
        "templates", "templateName", "clusterScope", "args", "name", "value", "valueFrom", "podTemplateHashValue", "fieldRef", "dryRun", "measurementRetention",
        "metricName", "limit", "analysisRunMetadata", "labels", "annotations",
    ];

    /// <summary>The hash of the steps as they stand in the resource; an absent list hashes like none.</summary>
    public static string Of(JsonElement? steps)
    {
        if (steps is not { ValueKind: JsonValueKind.Array } array) return PodHash.OfText("null");
        var ordered = new JsonArray([.. array.EnumerateArray().Select(Step)]);
        var text = ordered.ToJsonString(AsGo);
        return PodHash.OfText(text.Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal));
    }

    private static JsonNode? Step(JsonElement step)
    {
        var ordered = Ordered(step);
        if (ordered?["analysis"] is JsonObject analysis) analysis.TryAdd("analysisRunMetadata", new JsonObject());
        return ordered;
    }

    private static JsonNode? Ordered(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) return new JsonArray([.. value.EnumerateArray().Select(Ordered)]);
        if (value.ValueKind != JsonValueKind.Object) return JsonNode.Parse(value.GetRawText());
        var result = new JsonObject();
        foreach (var member in value.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null).OrderBy(m => Place(m.Name))) result[member.Name] = Ordered(member.Value);
        return result;
    }

    private static int Place(string name) => Array.IndexOf(Order, name) is var place && place < 0 ? int.MaxValue : place;
}
