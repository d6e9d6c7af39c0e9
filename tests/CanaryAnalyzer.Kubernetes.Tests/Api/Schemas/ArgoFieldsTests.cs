using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

public sealed class ArgoFieldsTests
{
    private static readonly IReadOnlyList<JsonObject> Resources = Manifests.In("tests/CanaryAnalyzer.Kubernetes.Tests/Api/Schemas/Data/argo-rollouts.yaml");

    public static TheoryData<string> Names => [.. Resources.Select(resource => resource["metadata"]!["name"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_of_argo_is_known_in_spec_and_status(string name)
    {
        var (resource, schema) = Find(name);
        // The finders leave the status out, so it is shown to them as if it were the spec.
        var statusAsRoot = schema.Root.Fields.GetValueOrDefault("status");

        Assert.Empty(SchemaErrors.Find(resource, schema).Select(error => error.ToString()));
        Assert.Empty(UnknownFields.Find(resource, schema).Select(field => field.ToString()));
        Assert.Empty(UnknownNames(resource["status"], statusAsRoot, "status"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_of_argo_survives_the_wire_type(string name)
    {
        var (resource, schema) = Find(name);

        var read = resource.Deserialize(schema.Type, WireJson.Options);

        // Metadata is KubernetesClient's own type.
        var written = JsonSerializer.SerializeToNode(read, schema.Type, WireJson.Options)!.AsObject();
        foreach (var part in (string[])["spec", "status"])
            Assert.True(JsonNode.DeepEquals(resource[part], written[part]), $"{part}:\n{resource[part]}\nbecame\n{written[part]}");
    }

    private static (JsonObject Resource, ResourceSchema Schema) Find(string name)
    {
        var resource = Resources.Single(resource => resource["metadata"]!["name"]!.GetValue<string>() == name);
        return (resource, ResourceSchema.Of(resource["kind"]!.GetValue<string>()));
    }

    private static IEnumerable<string> UnknownNames(JsonNode? node, FieldSchema? schema, string path) => node switch
    {
        JsonObject map when schema is not null => map.SelectMany(field => schema.Fields.TryGetValue(field.Key, out var known) ? UnknownNames(field.Value, known, $"{path}.{field.Key}")
            : schema.Items is { } values ? UnknownNames(field.Value, values, $"{path}.{field.Key}")
            : schema.IsOpen ? [] : [$"{path}.{field.Key}"]),
        JsonArray list => list.SelectMany((item, i) => UnknownNames(item, schema?.Items, $"{path}[{i}]")),
        _ => [],
    };
}
