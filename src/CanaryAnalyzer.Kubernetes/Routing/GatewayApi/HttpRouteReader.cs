using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

/// <summary>Reads an HTTPRoute: the weights that it carries, and what its gateways say of it.</summary>
internal static class HttpRouteReader
{
    /// <summary>Reads a route.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="route">It; null where there is none.</param>
    /// <param name="servicesNamespace">The namespace of the Rollout's Services.</param>
    /// <param name="services">The Services that its rules must name.</param>
    public static RouteObservation Read(RouteReference reference, JsonObject? route, string servicesNamespace, ServiceNames services)
    {
        if (route is null) return new RouteObservation { Reference = reference };
        var (refusal, pending) = Reported(route);
        var rules = HttpRouteRules.Find(route, servicesNamespace, services.Canary, services.Stable)
            .Select(r => new RouteWeights(r.CanaryWeight, r.StableWeight)).ToImmutableArray();
        return new RouteObservation
        {
            Reference = reference,
            Exists = true,
            Rules = rules,
            MissingBackend = rules.IsEmpty ? $"has no rule whose backendRefs name both Services {services.Canary} and {services.Stable}" : "",
            IsAccepted = refusal.Length == 0 && pending.Length == 0,
            Complaint = refusal,
            Pending = pending,
        };
    }

    /// <summary>
    /// The first refusal and the first lag among the gateways that the route names; both empty where each that reports took the present form over, or none reports.
    /// Entries of gateways that the route names no longer stay in the status for good (envoyproxy/gateway#5656, kgateway#11747), some gateways write no
    /// observedGeneration (linkerd2#14964), others no ResolvedRefs (contour#5131): what is not said holds nothing.
    /// </summary>
    private static (string Refusal, string Pending) Reported(JsonObject route)
    {
        var named = route.Objects("spec", "parentRefs").Select(r => ParentReference.Of(r, route.Namespace())).ToHashSet();
        var (refusal, pending) = ("", "");
        foreach (var entry in route.Objects("status", "parents"))
        {
            var parent = ParentReference.Of(entry["parentRef"], route.Namespace());
            if (!named.Contains(parent)) continue;
            foreach (var condition in entry.Objects("conditions").Where(c => c.Text("type") is "Accepted" or "ResolvedRefs"))
            {
                var (seen, status) = (condition.Whole("observedGeneration"), condition.Text("status"));
                if (seen < route.Generation()) pending = pending.Length > 0 ? pending : $"{parent} has not yet seen generation {route.Generation()} (last seen: {seen})";
                else if (refusal.Length == 0 && (status == "False" || (seen is not null && status != "True")))
                    refusal = $"{parent}: {condition.Text("type")} is {status}, {condition.Text("reason")}: {condition.Text("message")}";
            }
        }

        return (refusal, pending);
    }
}
