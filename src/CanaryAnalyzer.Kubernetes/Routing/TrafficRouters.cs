using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

namespace CanaryAnalyzer.Kubernetes.Routing;

/// <summary>All traffic routers. A new one is registered here, and nowhere else.</summary>
public static class TrafficRouters
{
    /// <summary>The path of the field whose fields choose routers.</summary>
    public const string Path = "spec.strategy.canary.trafficRouting";

    /// <summary>The routers; messages suggest the first.</summary>
    public static ImmutableArray<ITrafficRouter> All { get; } = [new GatewayApiRouter()];

    /// <summary>The kinds that routers read and patch, each once.</summary>
    public static ImmutableArray<RouterType> Types { get; } = [.. All.SelectMany(r => r.Types).DistinctBy(t => t.Type)];

    /// <summary>The router of a route.</summary>
    /// <exception cref="InvalidOperationException">No router has this field.</exception>
    public static ITrafficRouter Of(RouteReference reference) => All.First(r => r.Field == reference.Router);

    /// <summary>The versions that a kind can be read in, the preferred one first; for a kind of no router the one given.</summary>
    public static ImmutableArray<ResourceType> Versions(ResourceType type) => Types.FirstOrDefault(t => t.Type == type)?.Versions ?? [type];

    /// <summary>The routers that a Rollout chooses, whatever else is wrong with it.</summary>
    public static IEnumerable<ITrafficRouter> ChosenBy(JsonObject rollout) => All.Where(r => Settings(rollout, r) is not null);

    /// <summary>The objects that a Rollout's routers read and write for it, whatever else is wrong with it.</summary>
    public static IEnumerable<(ResourceType Type, ResourceKey Key)> Objects(JsonObject rollout) =>
        All.SelectMany(r => Settings(rollout, r) is { } settings ? r.Objects(settings, rollout.Namespace()) : []);

    // The name of a plugin may have dots of its own.
    private static JsonNode? Settings(JsonObject rollout, ITrafficRouter router) =>
        rollout.At("spec", "strategy", "canary", "trafficRouting").At(router.Field.Split('.', 2));
}
