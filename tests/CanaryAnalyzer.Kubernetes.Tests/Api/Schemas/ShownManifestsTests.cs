using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

/// <summary>What the documents show and the repository ships must be what we accept.</summary>
public sealed class ShownManifestsTests
{
    public static TheoryData<string> Files => [.. Manifests.FilesBelow("analysis-templates", "deploy/demo", "deploy/docs").Prepend("README.md")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Manifest_has_no_errors_and_no_unknown_fields(string file) => Assert.Empty(
        from resource in Ours(file)
        let schema = ResourceSchema.Of(Kind(resource))
        from problem in SchemaErrors.Find(resource, schema).Select(error => error.ToString()).Concat(UnknownFields.Find(resource, schema).Select(field => field.ToString()))
        select problem);

    [Fact]
    public void Readme_compares_what_the_judge_takes()
    {
        var compare = Ours("README.md").First()["spec"]!["metrics"]![0]!["provider"]!["plugin"]![CompareSpec.ProviderName];
        var errors = new List<SpecError>();

        Assert.NotNull(CompareSpec.TryParse(JsonSerializer.SerializeToElement(compare), CompareSpec.ProviderName, errors));
        Assert.Empty(errors);
    }

    [Fact]
    public void Readme_shows_a_template_and_a_policy() =>
        Assert.Equal(["AnalysisTemplate", "PromotionPolicy"], Ours("README.md").Select(Kind));

    private static IEnumerable<JsonObject> Ours(string file) => Manifests.In(file).Where(resource => ResourceSchema.All.Any(schema => schema.Kind == Kind(resource)));

    private static string Kind(JsonObject resource) => resource["kind"]?.GetValue<string>() ?? "";
}
