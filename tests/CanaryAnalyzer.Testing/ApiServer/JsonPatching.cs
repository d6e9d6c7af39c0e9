using System.Globalization;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>The two kinds of patches that a client sends.</summary>
internal static class JsonPatching
{
    public static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject inner)
                target[name] = Merge(target[name]?.DeepClone() as JsonObject ?? [], inner);
            else
                target[name] = value.DeepClone();
        }

        return target;
    }

    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        foreach (var operation in operations.Cast<JsonObject>())
        {
            var path = operation["path"]!.GetValue<string>().Split('/').Skip(1)
                .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
            var parent = path.SkipLast(1).Aggregate((JsonNode?)target, Step) ?? throw Missing(operation);
            Apply(parent, path[^1], operation);
        }

        return target;
    }

    private static void Apply(JsonNode parent, string last, JsonObject operation)
    {
        var kind = operation["op"]!.GetValue<string>();
        var value = operation["value"]?.DeepClone();
        var exists = parent is JsonArray items ? last != "-" && Index(last) < items.Count : ((JsonObject)parent).ContainsKey(last);
        if (kind != "add" && !exists)
            throw Missing(operation);
        switch (kind, parent)
        {
            case ("test", _) when !JsonNode.DeepEquals(Step(parent, last), value):
                throw Missing(operation);
            case ("test", _):
                break;
            case ("remove", JsonArray list):
                list.RemoveAt(Index(last));
                break;
            case ("remove", JsonObject map):
                map.Remove(last);
                break;
            case ("add", JsonArray list) when last == "-":
                list.Add(value);
                break;
            case ("add", JsonArray list):
                list.Insert(Index(last), value);
                break;
            case ("replace", JsonArray list):
                list[Index(last)] = value;
                break;
            case (_, JsonObject map):
                map[last] = value;
                break;
        }
    }

    private static JsonNode? Step(JsonNode? node, string part) => node switch
    {
        JsonObject map => map[part],
        JsonArray list => list.ElementAtOrDefault(Index(part)),
        _ => null,
    };

    private static int Index(string part) => int.Parse(part, CultureInfo.InvariantCulture);

    private static ApiErrorException Missing(JsonObject operation) => new(422, "Invalid", $"the server rejected our request: {operation.ToJsonString()}");
}
