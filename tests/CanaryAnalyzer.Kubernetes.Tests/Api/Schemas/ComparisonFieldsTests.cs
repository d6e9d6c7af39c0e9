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
    private static readonly string[] Kinds = [.. Templates.Select(kind => "measures[0]." + kind)];

    public static TheoryData<string> Fields => [.. Below(Schema, "").Distinct(StringComparer.Ordinal)];

    /// <summary>The places of all objects in a comparison, its own first.</summary>
    public static TheoryData<string> Objects =>
        ["", .. Below(Schema, "").Select(path => Of(Schema, path).Items is null ? path : path + "[0]").Where(path => Of(Schema, path).Fields.Count > 0)];

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
    [MemberData(nameof(Fields))]
    public void A_misspelt_field_is_named(string field)
    {
        var spelt = Templates.Select(Comparison).Where(comparison => Find(comparison, field) is not null).ToList();

        Assert.NotEmpty(spelt);
        foreach (var comparison in spelt)
        {
            Rename(comparison, field, Unlike);
            // Without its kind, a measure's other fields cannot be told from unknown ones: the kind is asked for instead.
            var (path, message) = Kinds.Contains(field) ? (ParentOf(field), "needs one of") : (Beside(field, Unlike), "is not a field here");
            Assert.Contains(Parse(comparison), error => error.Path == path && error.Message.Contains(message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("sigv4")]
    [InlineData("oauth2")]
    public void What_argo_has_besides_is_refused_by_name(string way)
    {
        var comparison = Comparison("errorRate");
        comparison["authentication"]![way] = new JsonObject { ["a"] = 1 };

        Assert.Contains(way, Of(Schema, "authentication").Fields.Keys);
        Assert.Contains("is not supported here", Assert.Single(Parse(comparison), error => error.Path == $"authentication.{way}").Message, StringComparison.Ordinal);
    }

    /// <summary>The parser has no list of its fields: it names those that it asked for where it meets one that nothing resembles.</summary>
    [Theory]
    [MemberData(nameof(Objects))]
    public void The_parser_reads_the_fields_of_the_schema_and_no_others(string path)
    {
        var known = Templates.Select(Comparison).Select(comparison => (Comparison: comparison, Object: path.Length == 0 ? comparison : Find(comparison, path) as JsonObject))
            .Where(found => found.Object is not null).SelectMany(found => Known(found.Comparison, found.Object!)).Distinct(StringComparer.Ordinal);

        Assert.Equal(Of(Schema, path).Fields.Keys.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
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

    private static string ParentOf(string path) => path.LastIndexOf('.') is var dot and >= 0 ? path[..dot] : "";

    private static string Beside(string path, string name) => ParentOf(path) is { Length: > 0 } parent ? $"{parent}.{name}" : name;

    private static (JsonObject Parent, string Name) Place(JsonObject comparison, string path) =>
        ParentOf(path) is { Length: > 0 } parent ? (Find(comparison, parent)!.AsObject(), path[(parent.Length + 1)..]) : (comparison, path);

    private static void Rename(JsonObject comparison, string path, string to)
    {
        var (parent, name) = Place(comparison, path);
        parent[to] = parent[name]!.DeepClone();
        parent.Remove(name);
    }

    // A value of a kind that no field takes at this place.
    private static void Replace(JsonObject comparison, string path)
    {
        var (parent, name) = Place(comparison, path);
        parent[name] = parent[name] is JsonArray ? JsonValue.Create(true) : new JsonArray(new JsonArray());
    }
}
