using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Cli.Linting;

/// <summary>
/// Finds values that must be strings and are none, because YAML 1.1 reads their letters as something else: <c>value: yes</c>. The API server refuses them, or, in a
/// pod template, the pods' creation fails.
/// </summary>
internal static class QuoteLint
{
    private static readonly string[] MapsOfStrings = ["labels", "annotations", "matchLabels", "nodeSelector"];
    private static readonly string[] ListsOfStrings = ["args", "command"];

    public static IEnumerable<Finding> Find(Manifest manifest, ResourceSchema schema) =>
        manifest.Resource.Where(field => field.Key != "status").SelectMany(field => Visit(manifest, field.Value, schema.Root.Fields.GetValueOrDefault(field.Key), field.Key, field.Key, ""));

    /// <param name="manifest">The whole.</param>
    /// <param name="node">A value in it.</param>
    /// <param name="schema">What the value may be; null within objects that aren't ours to know.</param>
    /// <param name="path">The value's path.</param>
    /// <param name="name">The name of the field that the value is in, or that has the list which it is in.</param>
    /// <param name="parent">The name of the field around that one.</param>
    private static IEnumerable<Finding> Visit(Manifest manifest, JsonNode? node, FieldSchema? schema, string path, string name, string parent) => node switch
    {
        JsonObject map => map.SelectMany(field => Visit(manifest, field.Value, schema?.Fields.GetValueOrDefault(field.Key) ?? schema?.Items, $"{path}.{field.Key}", field.Key, name)),
        JsonArray list => list.SelectMany((item, index) => Visit(manifest, item, schema?.Items, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), name, parent)),
        JsonValue value when MustBeString(schema, path, name, parent) && manifest.Marks.Written(path) is { } written =>
            [Finding.Of(manifest, path, $"must be a string, and YAML reads {written} as {Kind(value)}; put it in quotes: \"{written}\"")],
        _ => [],
    };

    private static bool MustBeString(FieldSchema? schema, string path, string name, string parent) =>
        schema is not null ? schema.Accepts == JsonKinds.Text
        : !path.Contains(".plugin", StringComparison.Ordinal)
          && (MapsOfStrings.Contains(parent) || (name is "name" or "namespace" && parent == "metadata") || (name == "value" && parent == "env") || (ListsOfStrings.Contains(name) && path.EndsWith(']')));

    private static string Kind(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => $"the number {value}",
    };
}
