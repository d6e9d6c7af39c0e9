using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

public sealed class CrdDocumentTests
{
    // Leaves room for the copy that a client-side apply keeps in an annotation of at most 256 KiB.
    private const int MostBytes = 100_000;

    private static readonly XmlDescriptions Descriptions = XmlDescriptions.Load(Path.ChangeExtension(typeof(ResourceSchema).Assembly.Location, ".xml"));

    public static TheoryData<string> Kinds => [.. ResourceSchema.All.Select(schema => schema.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Crd_in_deploy_is_the_generated_one_and_small(string kind)
    {
        var schema = ResourceSchema.Of(kind);
        var yaml = "# Generated from the wire types; UPDATE_GOLDEN=1 and the tests of CanaryAnalyzer.Kubernetes write it anew.\n"
            + YamlText.Of(CrdDocument.Of(schema, Descriptions));

        Assert.Null(GoldenFile.Difference($"deploy/crds/{schema.Plural}.yaml", yaml));
        Assert.InRange(Encoding.UTF8.GetByteCount(yaml), 1000, MostBytes);
    }

    [Fact]
    public void Kustomization_lists_every_crd() =>
        Assert.Null(GoldenFile.Difference(
            "deploy/crds/kustomization.yaml",
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n" + string.Concat(ResourceSchema.All.Select(schema => $"- {schema.Plural}.yaml\n"))));

    [Theory]
    [InlineData(0, "matchLabels")]
    [InlineData(1, "selector")]
    public void Rules_that_a_selector_stays_are_added_to_the_selector_and_to_the_spec(int rule, string field)
    {
        var overlay = File.ReadAllText(Repository.PathOf("deploy/overlays/crds-immutable-selector/kustomization.yaml"));
        JsonNode? place = CrdDocument.Of(ResourceSchema.Of("Rollout"), Descriptions);

        var path = overlay.Split('\n').Where(line => line.Contains("path: /", StringComparison.Ordinal)).ElementAt(rule).Split("path: /")[1].Split('/');
        foreach (var segment in path[..^1]) place = place is JsonArray list ? list[int.Parse(segment, CultureInfo.InvariantCulture)] : place?[segment];

        Assert.Equal("x-kubernetes-validations", path[^1]);
        Assert.NotNull(place?["properties"]?[field]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_object_keeps_unknown_fields_or_has_typed_values(string kind)
    {
        var lossy = Objects(CrdDocument.Of(ResourceSchema.Of(kind), Descriptions))
            .Where(schema => schema["x-kubernetes-preserve-unknown-fields"]?.GetValue<bool>() != true && schema["additionalProperties"] is null)
            .Select(schema => schema.GetPath())
            .Where(path => !path.EndsWith(".metadata", StringComparison.Ordinal));

        Assert.Empty(lossy);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_field_has_a_description(string kind)
    {
        var silent = Undescribed(ResourceSchema.Of(kind).Root, kind).ToList();

        Assert.Empty(silent);
    }

    [Theory]
    [InlineData("Rollout", "status,scale")]
    [InlineData("PromotionPolicy", "status")]
    [InlineData("AnalysisRun", "")]
    [InlineData("Experiment", "")]
    [InlineData("AnalysisTemplate", "")]
    [InlineData("ClusterAnalysisTemplate", "")]
    public void Subresources_are_those_that_argo_has(string kind, string expected)
    {
        var version = CrdDocument.Of(ResourceSchema.Of(kind), Descriptions)["spec"]!["versions"]![0]!;

        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            (version["subresources"]?.AsObject() ?? []).Select(entry => entry.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Numbers_of_the_status_are_numbers()
    {
        var gate = ResourceSchema.Of("Rollout").Root.Fields["status"].Fields["canaryAnalyzer"];

        Assert.Equal("number", OpenApiSchema.Of(gate.Fields["evidence"], Descriptions)["type"]!.GetValue<string>());
        Assert.Equal("integer", OpenApiSchema.Of(gate.Fields["look"], Descriptions)["type"]!.GetValue<string>());
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => Objects(entry.Value)).Concat(map["type"]?.ToString() == "object" && map["type"] is JsonValue ? [map] : []),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<string> Undescribed(FieldSchema schema, string path)
    {
        if (schema.Origin is { } origin && string.IsNullOrEmpty(Descriptions.Of(origin))) yield return path;
        foreach (var child in schema.Fields.SelectMany(field => Undescribed(field.Value, $"{path}.{field.Key}"))) yield return child;
        if (schema.Items is not { } items) yield break;
        foreach (var child in Undescribed(items, path + "[]")) yield return child;
    }
}
