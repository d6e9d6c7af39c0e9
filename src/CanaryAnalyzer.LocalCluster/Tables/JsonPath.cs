using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Tables;

/// <summary>The JSONPath of printer columns: members, indices, <c>[*]</c> and <c>[?(@.type=="Ready")]</c>.</summary>
internal sealed partial class JsonPath
{
    private readonly List<Func<JsonNode, IEnumerable<JsonNode?>>> _steps = [];

    private JsonPath()
    {
    }

    public static JsonPath Parse(string text)
    {
        var path = new JsonPath();
        foreach (Match match in Steps().Matches(text))
            path._steps.Add(Step(match));
        return path;
    }

    public IReadOnlyList<JsonNode?> Find(JsonNode root)
    {
        IEnumerable<JsonNode?> found = [root];
        foreach (var step in _steps)
            found = found.OfType<JsonNode>().SelectMany(step);
        return [.. found.Where(f => f is not null)];
    }

    private static Func<JsonNode, IEnumerable<JsonNode?>> Step(Match match)
    {
        if (match.Groups["name"] is { Success: true } name)
        {
            var member = name.Value.Replace("\\.", ".", StringComparison.Ordinal);
            return node => [node.At(member)];
        }

        if (match.Groups["quoted"] is { Success: true } quoted)
            return node => [node.At(quoted.Value)];
        if (match.Groups["index"] is { Success: true } index)
        {
            var at = int.Parse(index.Value, CultureInfo.InvariantCulture);
            return node => node is JsonArray items && at < items.Count ? [items[at]] : [];
        }

        if (match.Groups["field"] is { Success: true } field)
        {
            var (path, value) = (field.Value.Split('.'), match.Groups["value"].Value);
            return node => node is JsonArray items ? items.Where(i => i.At(path).Printed() == value) : [];
        }

        return node => node switch
        {
            JsonArray items => items,
            JsonObject parent => parent.Select(m => m.Value),
            _ => [],
        };
    }

    [GeneratedRegex("""\.(?<name>(\\\.|[^.\[\]\\*])+)|\['(?<quoted>[^']*)'\]|\[(?<index>\d+)\]|\[\?\(@\.(?<field>[\w.]+)\s*==\s*['"](?<value>[^'"]*)['"]\)\]|(?<all>\[\*\]|\.\*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Steps();
}
