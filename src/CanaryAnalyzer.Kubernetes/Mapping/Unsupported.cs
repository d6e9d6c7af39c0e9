using System.Collections.Immutable;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;
using CanaryAnalyzer.Kubernetes.Routing;

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
        var instead = $"route by {string.Join(" or ", TrafficRouters.All.Select(r => r.Field))}";
        (string Field, object? Settings)[] builtIn =
        [
            ("istio", routing.Istio), ("nginx", routing.Nginx), ("alb", routing.Alb), ("smi", routing.Smi), ("ambassador", routing.Ambassador),
            ("appMesh", routing.AppMesh), ("traefik", routing.Traefik), ("apisix", routing.Apisix),
        ];
        foreach (var (field, settings) in builtIn)
        {
            if (!TrafficRouters.All.Any(r => r.Field == field)) Refuse(settings, $"{path}.{field}", instead, errors);
        }

        Refuse(routing.ManagedRoutes is { Count: > 0 } ? routing : null, $"{path}.managedRoutes", "no step here makes routes", errors);
        Refuse(routing.MaxTrafficWeight is null or 100 ? null : routing, $"{path}.maxTrafficWeight", "weights are percent", errors);
        foreach (var name in routing.Plugins?.Others?.Keys ?? Enumerable.Empty<string>()) Refuse(name, $"{path}.plugins.{name}", instead, errors);
    }

    private static void Refuse(object? value, string path, string instead, ImmutableArray<SpecError>.Builder errors)
    {
        if (value is not null) errors.Add(new SpecError(path, $"is not supported here; {instead}"));
    }
}
