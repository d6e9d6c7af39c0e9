using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>Turns a YAML document into the JSON that Kubernetes would make of it, and remembers where its fields stand.</summary>
internal sealed class YamlReading
{
    // An object in etcd has at most 1.5 MB; a few aliases of aliases can stand for far more.
    private const int MostNodes = 200_000;
    private const int Deepest = 100;

    private readonly Marks _marks;
    private int _nodes;

    private YamlReading(Marks marks) => _marks = marks;

    /// <summary>Reads a document; null where it is no object.</summary>
    /// <exception cref="YamlException">It is larger or deeper than any object can be.</exception>
    public static (JsonObject Resource, Marks Marks)? Read(YamlNode root)
    {
        var marks = new Marks(Manifests.Mark.Of(root.Start));
        // Once through text, so that numbers have the types that JSON gives them.
        return new YamlReading(marks).Convert(root, "", 0) is JsonObject json && JsonNode.Parse(json.ToJsonString()) is JsonObject read ? (read, marks) : null;
    }

    private JsonNode? Convert(YamlNode node, string path, int depth)
    {
        if (++_nodes > MostNodes || depth > Deepest)
            throw new YamlException(node.Start, node.End, "is larger or deeper than an object of Kubernetes can be");
        return node switch
        {
            YamlMappingNode map => Map(map, path, depth),
            YamlSequenceNode list => List(list, path, depth),
            YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            _ => null,
        };
    }

    private JsonObject Map(YamlMappingNode map, string path, int depth)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? throw new YamlException(key.Start, key.End, "a field's name must be a text");
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            _marks.Add(inner, Manifests.Mark.Of(key.Start));
            json[name] = Convert(value, inner, depth + 1);
        }

        return json;
    }

    private JsonArray List(YamlSequenceNode list, string path, int depth)
    {
        var json = new JsonArray();
        foreach (var (index, item) in list.Children.Index())
        {
            var inner = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
            _marks.Add(inner, Manifests.Mark.Of(item.Start));
            json.Add(Convert(item, inner, depth + 1));
        }

        return json;
    }

    private static JsonNode? Plain(string text)
    {
        if (text is "" or "~" or "null" or "Null" or "NULL")
            return null;
        if (bool.TryParse(text, out var flag))
            return flag;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Number, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && text.Any(char.IsAsciiDigit) ? number : text;
    }
}
