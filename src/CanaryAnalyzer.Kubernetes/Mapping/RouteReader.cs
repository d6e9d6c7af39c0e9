using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Reads which routes carry the weights.</summary>
internal static class RouteReader
{
    private const string Path = "spec.strategy.canary.trafficRouting";
    private const string Plugin = Path + ".plugins.argoproj-labs/gatewayAPI";

    public static ImmutableArray<RouteReference> Read(TrafficRouting? wire, string inNamespace, ImmutableArray<SpecError>.Builder errors)
    {
        if (wire is null)
        {
            errors.Add(new SpecError(Path, "a canary without traffic routing is not supported here; name an HTTPRoute in plugins.argoproj-labs/gatewayAPI"));
            return [];
        }

        var before = errors.Count;
        Unsupported.InRouting(wire, Path, errors);
        if (wire.Plugins?.GatewayApi is not { } gateway)
        {
            if (errors.Count == before) errors.Add(new SpecError(Plugin, "is required: name an HTTPRoute in httpRoute, and its namespace"));
            return [];
        }

        Unsupported.InGatewayApi(gateway, Plugin, errors);
        var routeNamespace = string.IsNullOrEmpty(gateway.Namespace) ? inNamespace : gateway.Namespace;
        var names = (gateway.HttpRoute is { Length: > 0 } single ? [single] : Enumerable.Empty<string>()).Concat((gateway.HttpRoutes ?? []).Select(r => r.Name)).ToList();
        if (names.Count == 0 && errors.Count == before) errors.Add(new SpecError($"{Plugin}.httpRoute", "is required: name the HTTPRoute that carries the weights"));
        return [.. names.Distinct(StringComparer.Ordinal).Select(name => new RouteReference(routeNamespace, name))];
    }
}
