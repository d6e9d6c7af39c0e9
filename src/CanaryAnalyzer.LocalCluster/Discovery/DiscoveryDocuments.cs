using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Discovery;

/// <summary>What the server says that it has, in the form that every kubectl since 1.20 understands.</summary>
internal sealed class DiscoveryDocuments(ResourceRegistry registry)
{
    private static readonly string[] ObjectVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = "v1.32.0+canaryanalyzer-local",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-01-01T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "dotnet",
        ["platform"] = "local",
    };

    public static JsonObject CoreVersions() => new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1"), ["serverAddressByClientCIDRs"] = new JsonArray() };

    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. registry.Groups.Select(g => Group(g.Key, g))]),
    };

    public JsonObject? Group(string name)
    {
        var kinds = registry.Kinds.Where(k => k.Group == name).ToList();
        if (name.Length == 0 || kinds.Count == 0)
            return null;
        var document = Group(name, kinds);
        document["kind"] = "APIGroup";
        document["apiVersion"] = "v1";
        return document;
    }

    public JsonObject? Resources(string group, string version)
    {
        var kinds = registry.Kinds.Where(k => k.Group == group && k.Version == version).ToList();
        if (kinds.Count == 0)
            return null;
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = kinds[0].ApiVersion,
            ["resources"] = new JsonArray([.. kinds.SelectMany(Entries)]),
        };
    }

    private static JsonObject Group(string name, IEnumerable<ResourceKind> kinds)
    {
        var versions = kinds.Select(k => k.Version).Distinct().Select(v => new JsonObject { ["groupVersion"] = $"{name}/{v}", ["version"] = v }).ToList();
        return new JsonObject
        {
            ["name"] = name,
            ["versions"] = new JsonArray([.. versions]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private static IEnumerable<JsonObject> Entries(ResourceKind kind)
    {
        yield return Entry(kind, kind.Plural, kind.IsReview ? ["create"] : ObjectVerbs);
        if (kind.HasStatus)
            yield return Entry(kind, kind.Plural + "/status", ["get", "patch", "update"]);
        if (kind == BuiltInKinds.Pods)
            yield return Entry(kind, kind.Plural + "/log", ["get"]);
        if (kind.Scale is not null)
        {
            var scale = Entry(kind, kind.Plural + "/scale", ["get", "patch", "update"]);
            scale["group"] = "autoscaling";
            scale["version"] = "v1";
            scale["kind"] = "Scale";
            yield return scale;
        }
    }

    private static JsonObject Entry(ResourceKind kind, string name, string[] verbs)
    {
        var main = name == kind.Plural;
        var entry = new JsonObject
        {
            ["name"] = name,
            ["singularName"] = main ? kind.Singular : "",
            ["namespaced"] = kind.Namespaced,
            ["kind"] = kind.Kind,
            ["verbs"] = new JsonArray([.. verbs.Select(v => JsonValue.Create(v))]),
        };
        if (main && kind.ShortNames.Count > 0)
            entry["shortNames"] = new JsonArray([.. kind.ShortNames.Select(v => JsonValue.Create(v))]);
        if (main && kind.Categories.Count > 0)
            entry["categories"] = new JsonArray([.. kind.Categories.Select(v => JsonValue.Create(v))]);
        return entry;
    }
}
