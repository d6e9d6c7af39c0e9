using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

/// <summary>Reads the settings of Argo's Gateway API plugin.</summary>
internal static class GatewayApiSettings
{
    /// <summary>The HTTPRoutes that settings name, and what is wrong with them.</summary>
    public static ImmutableArray<RouteReference> Parse(
        GatewayApiRouting wire, string path, string inNamespace, ImmutableArray<SpecError>.Builder errors)
    {
        Refuse(wire, path, errors);
        var routeNamespace = string.IsNullOrEmpty(wire.Namespace) ? inNamespace : wire.Namespace;
        var single = wire.HttpRoute is { Length: > 0 } one ? [one] : Enumerable.Empty<string>();
        var names = single.Concat((wire.HttpRoutes ?? []).Select(r => r.Name)).Distinct(StringComparer.Ordinal).ToList();

        // Where a refused field names the routes, its own error says what to write instead.
        if (names.Count == 0 && !errors.Any(e => e.Path.StartsWith(TrafficRouters.Path, StringComparison.Ordinal)))
            errors.Add(new SpecError($"{path}.httpRoute", "is required: name the HTTPRoute that carries the weights"));
        return [.. names.Select(name => new RouteReference(GatewayApiRouter.FieldName, ResourceType.HttpRoutes.Kind, routeNamespace, name))];
    }

    /// <summary>The HTTPRoutes that settings name, whatever is wrong with them.</summary>
    public static IEnumerable<ResourceKey> Routes(JsonNode settings, string inNamespace)
    {
        var routeNamespace = settings.Text("namespace") is { Length: > 0 } named ? named : inNamespace;
        if (settings.Text("httpRoute") is { Length: > 0 } single) yield return new ResourceKey(routeNamespace, single);
        foreach (var route in settings.Objects("httpRoutes"))
        {
            if (route.Text("name") is { Length: > 0 } name) yield return new ResourceKey(routeNamespace, name);
        }
    }

    private static void Refuse(GatewayApiRouting wire, string path, ImmutableArray<SpecError>.Builder errors)
    {
        const string instead = "name HTTPRoutes in httpRoute or httpRoutes";
        const string every = "weights are set in every rule that names both Services";
        Refuse((object?)wire.GrpcRoute ?? wire.GrpcRoutes, $"{path}.grpcRoute", instead, errors);
        Refuse((object?)wire.TcpRoute ?? wire.TcpRoutes, $"{path}.tcpRoute", instead, errors);
        Refuse((object?)wire.TlsRoute ?? wire.TlsRoutes, $"{path}.tlsRoute", instead, errors);
        Refuse(wire.HttpRouteSelector, $"{path}.httpRouteSelector", instead, errors);
        Refuse(wire.GrpcRouteSelector, $"{path}.grpcRouteSelector", instead, errors);
        Refuse(wire.TcpRouteSelector, $"{path}.tcpRouteSelector", instead, errors);
        Refuse(wire.TlsRouteSelector, $"{path}.tlsRouteSelector", instead, errors);
        Refuse(wire.HttpRouteRuleName, $"{path}.httpRouteRuleName", every, errors);
        for (var i = 0; i < (wire.HttpRoutes?.Count ?? 0); i++)
        {
            var route = wire.HttpRoutes![i];
            Refuse(route.UseHeaderRoutes is true ? route : null, $"{path}.httpRoutes[{i}].useHeaderRoutes", "no step here makes header routes", errors);
            Refuse(route.RuleName, $"{path}.httpRoutes[{i}].ruleName", every, errors);
        }
    }

    private static void Refuse(object? value, string path, string instead, ImmutableArray<SpecError>.Builder errors)
    {
        if (value is not null) errors.Add(new SpecError(path, $"is not supported here; {instead}"));
    }
}
