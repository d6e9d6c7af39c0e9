using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

/// <summary>
/// Sets weights on HTTPRoutes by one conditional JSON Patch a route. Never by apply: <c>rules</c> and <c>backendRefs</c> are atomic lists, and applying weights
/// alone would drop ports, filters and other people's rules.
/// </summary>
public sealed class GatewayApiRouter(IResourceClient client, IClusterView view) : ITrafficRouter
{
    /// <inheritdoc/>
    public async Task<JsonObject?> SetWeightAsync(Effect.SetRouteWeight effect, string servicesNamespace, CancellationToken cancellationToken)
    {
        var type = view.Served(ResourceType.HttpRoutes);
        var key = new ResourceKey(effect.Route.Namespace, effect.Route.Name);
        if (view.Get(ResourceType.HttpRoutes, key) is not { } route) throw new ResourceException(HttpStatusCode.NotFound, "NotFound", $"HTTPRoute {key} is not there any more");
        var operations = new JsonArray();
        foreach (var rule in HttpRouteRules.Find(route, servicesNamespace, effect.CanaryService, effect.StableService))
        {
            Set(operations, rule.Rule, rule.Canary, rule.CanaryWeight, effect.CanaryWeight);
            Set(operations, rule.Rule, rule.Stable, rule.StableWeight, TrafficWeights.Max - effect.CanaryWeight);
        }

        if (operations.Count == 0) return null;
        operations.Insert(0, new JsonObject { ["op"] = "replace", ["path"] = "/metadata/resourceVersion", ["value"] = route.ResourceVersion() });
        try
        {
            return await client.JsonPatchAsync(type, key, operations, null, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsInvalid)
        {
            // The operations are tried before the version is compared: where somebody took rules out since the cache saw the route, places are missing.
            var named = new ListOptions { Namespace = key.Namespace, FieldSelector = $"metadata.name={key.Name}" };
            if ((await client.ListAsync(type, named, cancellationToken)).Items.Any(r => r.ResourceVersion() == route.ResourceVersion())) throw;
            throw new ResourceException(HttpStatusCode.Conflict, "Conflict", $"HTTPRoute {key} was changed meanwhile", cause: exception);
        }
    }

    // An added member that is there already is replaced, so that a backend without a weight needs no case of its own.
    private static void Set(JsonArray operations, int rule, int backend, int present, int weight)
    {
        if (present == weight) return;
        operations.Add(new JsonObject { ["op"] = "add", ["path"] = $"/spec/rules/{rule}/backendRefs/{backend}/weight", ["value"] = weight });
    }
}
