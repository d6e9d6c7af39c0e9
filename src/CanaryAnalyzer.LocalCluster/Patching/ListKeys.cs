using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>
/// Which lists of the built-in kinds are merged by a key and by which, as the <c>patchMergeKey</c> marks of the Kubernetes API say it;
/// a list that isn't here is replaced whole.
/// </summary>
internal static class ListKeys
{
    private static readonly Dictionary<string, string> ByField = new(StringComparer.Ordinal)
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["ephemeralContainers"] = "name",
        ["env"] = "name",
        ["volumes"] = "name",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
        ["imagePullSecrets"] = "name",
        ["secrets"] = "name",
        ["hostAliases"] = "ip",
        ["podIPs"] = "ip",
        ["conditions"] = "type",
        ["addresses"] = "type",
        ["ownerReferences"] = "uid",
        ["topologySpreadConstraints"] = "topologyKey",
        ["resourceClaims"] = "name",
    };

    /// <summary>The merge key of a list by the name of its field and what stands in it; null for an atomic list.</summary>
    public static string? Of(string field, JsonArray? sample)
    {
        if (field == "ports")
            return sample?.OfType<JsonObject>().Any(p => p.ContainsKey("containerPort")) == true ? "containerPort" : "port";
        return ByField.GetValueOrDefault(field);
    }

    /// <summary>Lists of plain values that are merged as sets.</summary>
    public static bool IsSet(string field) => field == "finalizers";

    public static int IndexOf(JsonArray items, string key, JsonNode? value)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item && JsonAccess.Same(item[key], value))
                return i;
        }

        return -1;
    }
}
