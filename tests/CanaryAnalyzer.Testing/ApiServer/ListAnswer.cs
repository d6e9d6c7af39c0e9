using System.Globalization;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>Lists with selectors and pages. Items come without <c>kind</c>, as the server does it for its own kinds.</summary>
internal static class ListAnswer
{
    public static JsonObject Make(ObjectStore store, ApiRequest request)
    {
        var version = store.Version;
        var found = store.All(request.QualifiedName, request.Namespace).Where(item => Matches(item, request)).ToList();
        var start = int.Parse(request.Query.GetValueOrDefault("continue") ?? "0", CultureInfo.InvariantCulture);
        var limit = int.Parse(request.Query.GetValueOrDefault("limit") ?? "0", CultureInfo.InvariantCulture);
        var page = limit == 0 ? found : [.. found.Skip(start).Take(limit)];
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (limit > 0 && start + limit < found.Count)
            metadata["continue"] = (start + limit).ToString(CultureInfo.InvariantCulture);
        page.ForEach(item => item.Remove("kind"));
        return new JsonObject { ["kind"] = "List", ["apiVersion"] = "v1", ["metadata"] = metadata, ["items"] = new JsonArray([.. page]) };
    }

    public static bool Matches(JsonObject item, ApiRequest request)
    {
        if (request.Namespace is not null && item["metadata"]?["namespace"]?.GetValue<string>() != request.Namespace)
            return false;
        var labels = item["metadata"]?["labels"] as JsonObject;
        return Terms(request, "labelSelector").All(term => labels?[term[0]]?.GetValue<string>() is { } value && (term.Length == 1 || value == term[1]))
               && Terms(request, "fieldSelector").All(term => Field(item, term[0]) == term[1]);
    }

    private static string? Field(JsonObject item, string path) =>
        path.Split('.').Aggregate((JsonNode?)item, (node, part) => node?[part])?.GetValue<string>();

    private static IEnumerable<string[]> Terms(ApiRequest request, string selector) =>
        (request.Query.GetValueOrDefault(selector) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(term => term.Split('=', 2));
}
