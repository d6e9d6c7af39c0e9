using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Reads which routes carry the weights.</summary>
internal static class RouteReader
{
    public static ImmutableArray<RouteReference> Read(TrafficRouting? wire, string inNamespace, ImmutableArray<SpecError>.Builder errors)
    {
        var suggested = TrafficRouters.All[0];
        if (wire is null)
        {
            errors.Add(new SpecError(
                TrafficRouters.Path, $"a canary without traffic routing is not supported here; {suggested.Texts.Usage} in {suggested.Field}"));
            return [];
        }

        var before = errors.Count;
        Unsupported.InRouting(wire, TrafficRouters.Path, errors);
        var named = TrafficRouters.All.Select(r => r.Parse(wire, $"{TrafficRouters.Path}.{r.Field}", inNamespace, errors))
            .OfType<ImmutableArray<RouteReference>>().ToList();
        if (named.Count == 0 && errors.Count == before)
            errors.Add(new SpecError($"{TrafficRouters.Path}.{suggested.Field}", $"is required: {suggested.Texts.DetailedUsage}"));
        return [.. named.SelectMany(routes => routes)];
    }
}
