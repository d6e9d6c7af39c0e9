using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>The steps to a field as <c>FieldsV1</c> writes them: <c>f:name</c>, <c>k:{"name":"web"}</c>, <c>v:"value"</c>.</summary>
internal static class FieldPath
{
    private const char Separator = '\n';

    public static string Below(string path, string step) => path.Length == 0 ? step : path + Separator + step;

    public static string[] Steps(string path) => path.Split(Separator);

    public static string Field(string name) => "f:" + name;

    /// <summary>Null where the item lacks a key. The protocol of a port is TCP where it isn't said.</summary>
    public static string? Item(JsonNode? item, string[] keys)
    {
        var named = new JsonObject();
        foreach (var key in keys)
        {
            var value = item.At(key)?.DeepClone() ?? (key == "protocol" ? "TCP" : null);
            if (value is null)
                return null;
            named[key] = value;
        }

        return "k:" + named.ToJsonString();
    }

    public static string Value(JsonNode? value) => "v:" + (value?.ToJsonString() ?? "null");

    /// <summary>As messages name it: <c>.spec.template.spec.containers[name="web"].image</c>.</summary>
    public static string Shown(string path) => string.Concat(Steps(path).Select(step => step[..2] switch
    {
        "f:" => "." + step[2..],
        "k:" => $"[{string.Join(',', JsonNode.Parse(step[2..])!.AsObject().Select(k => $"{k.Key}={k.Value?.ToJsonString()}"))}]",
        _ => $"[={step[2..]}]",
    }));
}
