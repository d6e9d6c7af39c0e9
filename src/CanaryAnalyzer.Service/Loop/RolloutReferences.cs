using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>The objects that a Rollout names, as keys of an index, so that a change of one finds its Rollouts at once.</summary>
internal static class RolloutReferences
{
    private const string GatewayApi = "argoproj-labs/gatewayAPI";

    /// <summary>The key under which an object is named.</summary>
    public static string Key(ResourceType type, ResourceKey key) => $"{type.Plural}/{key}";

    /// <summary>The keys of all objects that a Rollout names; a spec that cannot be read names none.</summary>
    public static IEnumerable<string> Of(CachedResource rollout)
    {
        var home = rollout.Key.Namespace;
        var spec = rollout.Json["spec"] as JsonObject;
        if (Text(spec, "workloadRef", "name") is { } workload) yield return Key(ResourceType.Deployments, new ResourceKey(home, workload));
        var canary = (spec?["strategy"] as JsonObject)?["canary"] as JsonObject;
        foreach (var field in (string[])["canaryService", "stableService"])
        {
            if (Text(canary, field) is { } service) yield return Key(ResourceType.Services, new ResourceKey(home, service));
        }

        var routing = ((canary?["trafficRouting"] as JsonObject)?["plugins"] as JsonObject)?[GatewayApi] as JsonObject;
        var routeNamespace = Text(routing, "namespace") is { Length: > 0 } named ? named : home;
        if (Text(routing, "httpRoute") is { } single) yield return Key(ResourceType.HttpRoutes, new ResourceKey(routeNamespace, single));
        foreach (var route in routing?["httpRoutes"] as JsonArray ?? [])
        {
            if (Text(route as JsonObject, "name") is { } name) yield return Key(ResourceType.HttpRoutes, new ResourceKey(routeNamespace, name));
        }
    }

    private static string? Text(JsonObject? at, params ReadOnlySpan<string> path)
    {
        JsonNode? node = at;
        foreach (var name in path) node = node is JsonObject map ? map[name] : null;
        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }
}
