using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Conditions in a status: the time of the last transition moves only with the status.</summary>
internal static class Conditions
{
    public static JsonObject? Find(JsonNode? status, string type) => status.ObjectsAt("conditions").FirstOrDefault(c => c.TextAt("type") == type);

    public static bool IsTrue(JsonNode? @object, string type) => Find(@object.At("status"), type).TextAt("status") == "True";

    public static void Set(JsonObject status, string type, string value, string reason, string message, DateTimeOffset now, params ReadOnlySpan<KeyValuePair<string, JsonNode?>> more)
    {
        if (status["conditions"] is not JsonArray conditions)
            status["conditions"] = conditions = [];
        var condition = conditions.OfType<JsonObject>().FirstOrDefault(c => c.TextAt("type") == type);
        if (condition is null)
            conditions.Add(condition = new JsonObject { ["type"] = type });
        if (condition.TextAt("status") != value)
            condition["lastTransitionTime"] = now.Timestamp();
        condition["status"] = value;
        condition["reason"] = reason;
        condition["message"] = message;
        foreach (var (name, node) in more)
            condition[name] = node;
    }
}
