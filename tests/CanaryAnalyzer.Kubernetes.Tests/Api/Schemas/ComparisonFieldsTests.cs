using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

/// <summary>The schema of a comparison and its parser are written apart; each field of the one is a field of the other.</summary>
public sealed class ComparisonFieldsTests
{
    private const string Unlike = "zzqqzzqq";
    private static readonly string[] Templates = ["errorRate", "latency", "series", "limit", "traffic"];

    public static TheoryData<string> Fields => [.. Below(Schema, "").Distinct(StringComparer.Ordinal)];

    /// <summary>Objects of a comparison, each with the kind of template in which it stands.</summary>
    public static TheoryData<string> Objects => ["", "risk", "headers[0]", "authentication.basicAuth", "measures[0]", "measures[0].margin", "measures[0].tolerance"];

    private static FieldSchema Schema => ResourceSchema.Of("AnalysisTemplate").Root.Fields["spec"].Fields["metrics"].Items!.Fields["provider"].Fields["plugin"].Fields[CompareSpec.ProviderName];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_of_the_schema_is_read_by_the_parser(string field)
    {
        var read = Templates.Select(Comparison).Where(comparison => Find(comparison, field) is not null).ToList();

        Assert.NotEmpty(read);
        foreach (var comparison in read)
        {
            Replace(comparison, field);
            var error = Assert.Single(Parse(comparison).Select(error => error.Path.Length > 0 ? error.Path : field).Distinct(), path => path == field || path.StartsWith(field + "[", StringComparison.Ordinal) || field.StartsWith(path + "[", StringComparison.Ordinal));
            Assert.DoesNotContain(Parse(comparison), found => found.Path == error && found.Message.Contains("not a field here", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Every_field_that_the_parser_reads_is_in_the_schema(string path)
    {
        var known = Templates.Select(Comparison).Select(comparison => (Comparison: comparison, Object: path.Length == 0 ? comparison : Find(comparison, path) as JsonObject))
            .Where(found => found.Object is not null).SelectMany(found => Known(found.Comparison, found.Object!)).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(known);
        Assert.Empty(known.Except(Of(Schema, path).Fields.Keys));
    }

    private static IEnumerable<string> Known(JsonObject comparison, JsonObject at)
    {
        at[Unlike] = 1;
        var message = Parse(comparison).Select(error => error.Message).Single(text => text.Contains("known are ", StringComparison.Ordinal));
        return message.Split("known are ")[1].Split(", ");
    }

    private static List<SpecError> Parse(JsonObject comparison)
    {
        var errors = new List<SpecError>();
        CompareSpec.TryParse(JsonSerializer.SerializeToElement(comparison), "", errors);
        return errors;
    }

    private static JsonObject Comparison(string template) =>
        SeedManifests.Parse(ConstrainedManifests.All[template])["spec"]!["metrics"]![0]!["provider"]!["plugin"]![CompareSpec.ProviderName]!.AsObject();

    private static IEnumerable<string> Below(FieldSchema schema, string path)
    {
        foreach (var (name, field) in schema.Fields)
        {
            // What authenticates is Argo's, and other ways than basicAuth are refused by name.
            if (name is "sigv4" or "oauth2") continue;
            var at = path.Length == 0 ? name : $"{path}.{name}";
            yield return at;
            foreach (var found in Below(field.Items ?? field, field.Items is null ? at : at + "[0]")) yield return found;
        }
    }

    private static FieldSchema Of(FieldSchema schema, string path)
    {
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var field = schema.Fields[name.Split('[')[0]];
            schema = name.EndsWith(']') ? field.Items! : field;
        }

        return schema;
    }

    private static JsonNode? Find(JsonNode comparison, string path)
    {
        JsonNode? node = comparison;
        foreach (var name in path.Split('.'))
        {
            node = (node as JsonObject)?[name.Split('[')[0]];
            if (name.EndsWith(']')) node = (node as JsonArray)?[0];
        }

        return node;
    }

    // A value of a kind that no field takes at this place.
    private static void Replace(JsonObject comparison, string path)
    {
        var dot = path.LastIndexOf('.');
        var parent = dot < 0 ? comparison : Find(comparison, path[..dot])!.AsObject();
        var name = path[(dot + 1)..];
        parent[name] = parent[name] is JsonArray ? JsonValue.Create(true) : new JsonArray(new JsonArray());
    }
}
