using System.Globalization;
using System.Text.Json;
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
    private const string TooLarge = "is larger or deeper than an object of Kubernetes can be";

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
            throw new YamlException(node.Start, node.End, TooLarge);
        return node switch
        {
            YamlMappingNode map => Map(map, path, depth),
            YamlSequenceNode list => List(list, path, depth),
            YamlScalarNode scalar => Scalar(scalar, path),
            _ => null,
        };
    }

    private JsonObject Map(YamlMappingNode map, string path, int depth)
    {
        var json = new JsonObject();
        Fill(json, map, path, depth);
        return json;
    }

    // In the order written, as go-yaml 2 does it: a merge replaces what comes before it, and is replaced by what follows.
    private void Fill(JsonObject json, YamlMappingNode map, string path, int depth)
    {
        foreach (var (key, value) in map.Children)
        {
            if (key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain })
            {
                Merge(json, value, path, depth);
                continue;
            }

            var name = YamlScalars.Key(key);
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            _marks.Set(inner, Manifests.Mark.Of(key.Start));
            json[name] = Convert(value, inner, depth + 1);
        }
    }

    private void Merge(JsonObject json, YamlNode from, string path, int depth)
    {
        // Of several, the first wins.
        IEnumerable<YamlNode> maps = from is YamlSequenceNode list ? list.Children.Reverse() : [from];
        foreach (var one in maps)
        {
            if (one is not YamlMappingNode map) throw new YamlException(one.Start, one.End, "<< merges an object or a list of objects");
            if (++_nodes > MostNodes || depth > Deepest) throw new YamlException(one.Start, one.End, TooLarge);
            Fill(json, map, path, depth + 1);
        }
    }

    private JsonArray List(YamlSequenceNode list, string path, int depth)
    {
        var json = new JsonArray();
        foreach (var (index, item) in list.Children.Index())
        {
            var inner = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
            _marks.Set(inner, Manifests.Mark.Of(item.Start));
            json.Add(Convert(item, inner, depth + 1));
        }

        return json;
    }

    private JsonNode? Scalar(YamlScalarNode scalar, string path)
    {
        var value = YamlScalars.Read(scalar);
        if (value is not null && value.GetValueKind() != JsonValueKind.String) _marks.SetWritten(path, scalar.Value ?? "");
        return value;
    }
}
