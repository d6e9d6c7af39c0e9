using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Operations of conditional JSON Patches (RFC 6902).</summary>
internal static class JsonPatches
{
    /// <summary>Begins a patch that fails where the object is not the version that was read.</summary>
    public static JsonArray If(string resourceVersion) => [Operation("replace", "/metadata/resourceVersion", resourceVersion)];

    /// <summary>An operation.</summary>
    public static JsonObject Operation(string op, string path, JsonNode? value) => new() { ["op"] = op, ["path"] = path, ["value"] = value };

    /// <summary>An operation that removes the value at a path; it fails where there is none.</summary>
    public static JsonObject Removal(string path) => new() { ["op"] = "remove", ["path"] = path };

    /// <summary>Removes one entry of a map, where it has it.</summary>
    public static void RemoveEntry(this JsonArray operations, JsonNode? map, string path, string name)
    {
        if (map is JsonObject entries && entries.ContainsKey(name)) operations.Add(Removal($"{path}/{Escape(name)}"));
    }

    /// <summary>Sets one entry of a map, which is made where it is missing.</summary>
    public static void SetEntry(this JsonArray operations, JsonNode? map, string path, string name, string value)
    {
        if (map is JsonObject) operations.Add(Operation("add", $"{path}/{Escape(name)}", value));
        else operations.Add(Operation("add", path, new JsonObject { [name] = value }));
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
