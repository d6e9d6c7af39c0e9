using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CanaryAnalyzer.LocalCluster.Manifests;

/// <summary>YAML as Kubernetes reads it: the JSON that it stands for.</summary>
internal static class YamlDocuments
{
    /// <summary>The documents that are objects; the items of a <c>List</c> each on their own.</summary>
    /// <exception cref="YamlException">The text is no YAML; the message names the place.</exception>
    public static IReadOnlyList<JsonObject> Read(TextReader reader)
    {
        var stream = new YamlStream();
        stream.Load(reader);
        return
        [
            .. stream.Documents.Select(d => Parsed(d.RootNode)).OfType<JsonObject>()
                .SelectMany(o => o["items"] is JsonArray items && o["kind"]?.GetValue<string>() == "List" ? items.OfType<JsonObject>().Select(i => (JsonObject)i.DeepClone()) : [o]),
        ];
    }

    public static IReadOnlyList<JsonObject> Read(string text)
    {
        using var reader = new StringReader(text);
        return Read(reader);
    }

    // Once through text, so that numbers are the same whether an object came as YAML or as JSON.
    private static JsonNode? Parsed(YamlNode node) => ToJson(node) is { } json ? JsonNode.Parse(json.ToJsonString()) : null;

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value ?? "", ToJson(c.Value)))),
        YamlSequenceNode items => new JsonArray([.. items.Children.Select(ToJson)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => null,
    };

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
            return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when LooksNumeric(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static bool LooksNumeric(string text) => text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.' or 'e' or 'E');
}
