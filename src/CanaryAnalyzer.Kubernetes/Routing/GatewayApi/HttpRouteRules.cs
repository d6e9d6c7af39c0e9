using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

/// <summary>Finds the places of an HTTPRoute that carry a Rollout's weights: the rules that name both Services.</summary>
internal static class HttpRouteRules
{
    /// <summary>The places of the two weights in each such rule.</summary>
    public static IEnumerable<HttpRouteRule> Find(JsonObject route, string servicesNamespace, string canaryService, string stableService)
    {
        var rules = route.At("spec", "rules") as JsonArray ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].At("backendRefs") is not JsonArray backends) continue;
            var canary = IndexOf(backends, route, servicesNamespace, canaryService);
            var stable = IndexOf(backends, route, servicesNamespace, stableService);
            if (canary < 0 || stable < 0) continue;
            yield return new HttpRouteRule(i, canary, stable, Weight(backends[canary]), Weight(backends[stable]));
        }
    }

    private static int Weight(JsonNode? backend) => backend.Whole("weight") ?? 1;

    private static int IndexOf(JsonArray backends, JsonObject route, string servicesNamespace, string service)
    {
        for (var i = 0; i < backends.Count; i++)
        {
            var backend = backends[i];
            var isService = backend.Text("kind") is null or "Service" && backend.Text("group") is null or "";
            if (isService && backend.Text("name") == service && (backend.Text("namespace") ?? route.Namespace()) == servicesNamespace) return i;
        }

        return -1;
    }
}
