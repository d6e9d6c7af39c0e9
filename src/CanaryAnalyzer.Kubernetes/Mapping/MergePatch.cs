using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Finds the JSON merge patch (RFC 7386) that leads from one object to another.</summary>
public static class MergePatch
{
    /// <summary>
    /// The patch that gives <paramref name="before"/> every member of <paramref name="wanted"/>. A wanted null removes the member; members that are not
    /// named stay. Objects among the members become equal whole. Empty where nothing differs.
    /// </summary>
    public static JsonObject Between(JsonObject before, JsonObject wanted) => Between(before, wanted, isWhole: false);

    private static JsonObject Between(JsonObject before, JsonObject wanted, bool isWhole)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in wanted)
        {
            var old = before[name];
            if (value is JsonObject inner)
            {
                var nested = Between(old as JsonObject ?? [], inner, isWhole: true);
                if (nested.Count > 0) patch[name] = nested;
            }
            else if (value is not null || old is not null)
            {
                if (!JsonNode.DeepEquals(old, value)) patch[name] = value?.DeepClone();
            }
        }

        if (!isWhole) return patch;
        foreach (var (name, value) in before)
        {
            if (value is not null && !wanted.ContainsKey(name)) patch[name] = null;
        }

        return patch;
    }
}
