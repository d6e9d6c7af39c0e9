using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

/// <summary>
/// Sets weights on HTTPRoutes by one conditional JSON Patch a route. Never by apply: <c>rules</c> and <c>backendRefs</c> are atomic lists, and applying weights
/// alone would drop ports, filters and other people's rules.
/// </summary>
public sealed class GatewayApiRouter : ITrafficRouter
{
    /// <summary>The field that chooses it.</summary>
    public const string FieldName = "plugins.argoproj-labs/gatewayAPI";

    /// <inheritdoc/>
    public string Field => FieldName;

    /// <inheritdoc/>
    public RouterTexts Texts { get; } = new()
    {
        Product = "the Gateway API",
        Installation = "install the Gateway API's standard CustomResourceDefinitions and a gateway that implements them",
        Usage = "name an HTTPRoute",
        DetailedUsage = "name an HTTPRoute in httpRoute, and its namespace",
        BackendRemedy = "add both as backendRefs of one rule",
    };

    /// <inheritdoc/>
    public ImmutableArray<RouterType> Types { get; } = [new RouterType(ResourceType.HttpRoutes, ResourceType.HttpRoutesBeta)];

    /// <inheritdoc/>
    public ImmutableArray<RouteReference>? Parse(TrafficRouting wire, string path, string inNamespace, ImmutableArray<SpecError>.Builder errors) =>
        wire.Plugins?.GatewayApi is { } settings ? GatewayApiSettings.Parse(settings, path, inNamespace, errors) : null;

    /// <inheritdoc/>
    public IEnumerable<(ResourceType Type, ResourceKey Key)> Objects(JsonNode settings, string inNamespace) =>
        GatewayApiSettings.Routes(settings, inNamespace).Select(key => (ResourceType.HttpRoutes, key));

    /// <inheritdoc/>
    public RouteObservation Read(RouteReference reference, string servicesNamespace, ServiceNames services, IClusterView view) =>
        HttpRouteReader.Read(reference, view.Get(ResourceType.HttpRoutes, Key(reference)), servicesNamespace, services);

    /// <inheritdoc/>
    public async Task<RouteObservation> WriteAsync(
        Effect.SetRouteWeight effect, string servicesNamespace, IResourceClient client, IClusterView view, CancellationToken cancellationToken)
    {
        var services = new ServiceNames(effect.CanaryService, effect.StableService);
        var key = Key(effect.Route);
        if (view.Get(ResourceType.HttpRoutes, key) is not { } route)
            throw new ResourceException(HttpStatusCode.NotFound, "NotFound", $"HTTPRoute {key} is not there any more");
        var operations = new JsonArray();
        foreach (var rule in HttpRouteRules.Find(route, servicesNamespace, services.Canary, services.Stable))
        {
            Set(operations, rule.Rule, rule.Canary, rule.CanaryWeight, effect.CanaryWeight);
            Set(operations, rule.Rule, rule.Stable, rule.StableWeight, TrafficWeights.Max - effect.CanaryWeight);
        }

        if (operations.Count > 0) route = await PatchAsync(route, operations, client, view.Served(ResourceType.HttpRoutes), cancellationToken);
        return HttpRouteReader.Read(effect.Route, route, servicesNamespace, services);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<RouterFinding>> CheckAsync(
        RouteReference reference, IResourceClient client, IClusterView view, CancellationToken cancellationToken) =>
        GatewayCheck.RunAsync(view.Get(ResourceType.HttpRoutes, Key(reference)), reference.Namespace, client, cancellationToken);

    private static async Task<JsonObject> PatchAsync(
        JsonObject route, JsonArray operations, IResourceClient client, ResourceType type, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(route.Namespace(), route.Name());
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

    private static ResourceKey Key(RouteReference reference) => new(reference.Namespace, reference.Name);
}
