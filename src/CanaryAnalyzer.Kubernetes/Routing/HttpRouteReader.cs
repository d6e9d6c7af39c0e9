using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing;

/// <summary>Reads an HTTPRoute: the weights that it carries, and what its gateways say of it.</summary>
public static class HttpRouteReader
{
    /// <summary>Reads a route.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="route">It; null where there is none.</param>
    /// <param name="servicesNamespace">The namespace of the Rollout's Services.</param>
    /// <param name="canary">The strategy that names them.</param>
    public static RouteObservation Read(RouteReference reference, JsonObject? route, string servicesNamespace, CanaryStrategy canary)
    {
        if (route is null) return new RouteObservation { Reference = reference };
        var complaint = Complaint(route);
        return new RouteObservation
        {
            Reference = reference,
            Exists = true,
            Rules = [.. HttpRouteRules.Find(route, servicesNamespace, canary.CanaryService, canary.StableService).Select(r => new RouteWeights(r.CanaryWeight, r.StableWeight))],
            IsAccepted = complaint.Length == 0,
            Complaint = complaint,
        };
    }

    /// <summary>What stands against the route's present form; empty where every gateway that speaks of it took it over, or none speaks.</summary>
    private static string Complaint(JsonObject route)
    {
        foreach (var parent in route.Objects("status", "parents"))
        {
            var name = parent.Text("parentRef", "name") ?? "gateway";
            foreach (var type in (string[])["Accepted", "ResolvedRefs"])
            {
                var condition = parent.Objects("conditions").FirstOrDefault(c => c.Text("type") == type);
                if (condition is null) return $"{name} does not yet say {type}";
                if ((condition.Whole("observedGeneration") ?? 0) < route.Generation()) return $"{name} has not yet seen generation {route.Generation()}";
                if (condition.Text("status") != "True") return $"{name}: {type} is {condition.Text("status")}, {condition.Text("reason")}: {condition.Text("message")}";
            }
        }

        return "";
    }
}
