using System.Collections.Immutable;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Names what Argo Rollouts knows and this controller does not, so that nothing runs as if it were not there.</summary>
internal static class Unsupported
{
    public static void InCanary(CanaryStrategy canary, string path, ImmutableArray<SpecError>.Builder errors)
    {
        Refuse(canary.AntiAffinity, $"{path}.antiAffinity", "write the affinity into the pod template", errors);
        Refuse(canary.CanaryMetadata, $"{path}.canaryMetadata", "the label rollouts-pod-template-hash tells versions apart", errors);
        Refuse(canary.StableMetadata, $"{path}.stableMetadata", "the label rollouts-pod-template-hash tells versions apart", errors);
        Refuse(canary.PingPong, $"{path}.pingPong", "use canaryService and stableService", errors);
        Refuse(canary.DynamicStableScale is true ? canary : null, $"{path}.dynamicStableScale", "the stable version keeps its pods until the update is done", errors);
    }

    public static void InStep(CanaryStep step, string path, ImmutableArray<SpecError>.Builder errors)
    {
        const string instead = "steps may be setWeight, pause and analysis";
        Refuse(step.SetCanaryScale, $"{path}.setCanaryScale", instead, errors);
        Refuse(step.Experiment, $"{path}.experiment", instead, errors);
        Refuse(step.SetHeaderRoute, $"{path}.setHeaderRoute", instead, errors);
        Refuse(step.SetMirrorRoute, $"{path}.setMirrorRoute", instead, errors);
        Refuse(step.Plugin, $"{path}.plugin", instead, errors);
    }

    public static void InRouting(TrafficRouting routing, string path, ImmutableArray<SpecError>.Builder errors)
    {
        const string instead = "route by plugins.argoproj-labs/gatewayAPI";
        Refuse(routing.Istio, $"{path}.istio", instead, errors);
        Refuse(routing.Nginx, $"{path}.nginx", instead, errors);
        Refuse(routing.Alb, $"{path}.alb", instead, errors);
        Refuse(routing.Smi, $"{path}.smi", instead, errors);
        Refuse(routing.Ambassador, $"{path}.ambassador", instead, errors);
        Refuse(routing.AppMesh, $"{path}.appMesh", instead, errors);
        Refuse(routing.Traefik, $"{path}.traefik", instead, errors);
        Refuse(routing.Apisix, $"{path}.apisix", instead, errors);
        Refuse(routing.ManagedRoutes is { Count: > 0 } ? routing : null, $"{path}.managedRoutes", "no step here makes routes", errors);
        Refuse(routing.MaxTrafficWeight is null or 100 ? null : routing, $"{path}.maxTrafficWeight", "weights are percent", errors);
        foreach (var name in routing.Plugins?.Others?.Keys ?? Enumerable.Empty<string>()) Refuse(name, $"{path}.plugins.{name}", instead, errors);
    }

    public static void InGatewayApi(GatewayApiRouting routing, string path, ImmutableArray<SpecError>.Builder errors)
    {
        const string instead = "name HTTPRoutes in httpRoute or httpRoutes";
        Refuse((object?)routing.GrpcRoute ?? routing.GrpcRoutes, $"{path}.grpcRoute", instead, errors);
        Refuse((object?)routing.TcpRoute ?? routing.TcpRoutes, $"{path}.tcpRoute", instead, errors);
        Refuse((object?)routing.TlsRoute ?? routing.TlsRoutes, $"{path}.tlsRoute", instead, errors);
        Refuse(routing.HttpRouteSelector, $"{path}.httpRouteSelector", instead, errors);
        Refuse(routing.GrpcRouteSelector, $"{path}.grpcRouteSelector", instead, errors);
        Refuse(routing.TcpRouteSelector, $"{path}.tcpRouteSelector", instead, errors);
        Refuse(routing.TlsRouteSelector, $"{path}.tlsRouteSelector", instead, errors);
        Refuse(routing.HttpRouteRuleName, $"{path}.httpRouteRuleName", "weights are set in every rule that names both Services", errors);
        for (var i = 0; i < (routing.HttpRoutes?.Count ?? 0); i++)
        {
            var route = routing.HttpRoutes![i];
            Refuse(route.UseHeaderRoutes is true ? route : null, $"{path}.httpRoutes[{i}].useHeaderRoutes", "no step here makes header routes", errors);
            Refuse(route.RuleName, $"{path}.httpRoutes[{i}].ruleName", "weights are set in every rule that names both Services", errors);
        }
    }

    private static void Refuse(object? value, string path, string instead, ImmutableArray<SpecError>.Builder errors)
    {
        if (value is not null) errors.Add(new SpecError(path, $"is not supported here; {instead}"));
    }
}
