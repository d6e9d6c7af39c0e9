using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing;
using CanaryAnalyzer.Kubernetes.Routing.GatewayApi;
using CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.GatewayApi;

/// <summary>HTTPRoutes.</summary>
public sealed class GatewayApiFixture : RouterFixture
{
    public override ITrafficRouter Router { get; } = TrafficRouters.All.OfType<GatewayApiRouter>().Single();

    public override IReadOnlyList<string> Definitions => ["deploy/demo/gateway-api/gateway.networking.k8s.io_httproutes.yaml"];

    public override JsonNode Settings(params IReadOnlyList<string> routes) =>
        new JsonObject { ["httpRoutes"] = new JsonArray([.. routes.Select(name => new JsonObject { ["name"] = name })]) };

    public override JsonObject Route(string inNamespace, string name)
    {
        var route = SeedManifests.Route();
        route["metadata"] = new JsonObject
        {
            ["name"] = name, ["namespace"] = inNamespace, ["generation"] = 1, ["annotations"] = new JsonObject { ["owner"] = "shop" },
        };
        route["spec"]!["parentRefs"] = JsonNode.Parse("""[{"name": "gate"}]""");
        foreach (var backend in Backends(route).Where(b => b["namespace"] is not null)) backend["namespace"] = inNamespace;
        return route;
    }

    public override void Weigh(JsonObject route, int canary)
    {
        foreach (var backend in Backends(route))
        {
            if (backend.Text("name") == Canary) backend["weight"] = canary;
            else if (backend.Text("name") == Stable) backend["weight"] = 100 - canary;
        }
    }

    public override void Edit(JsonObject route) => route["spec"]!["hostnames"] = new JsonArray("new.example.com");

    public override void RemoveCanary(JsonObject route)
    {
        foreach (var rule in route.Objects("spec", "rules"))
            rule["backendRefs"] = new JsonArray([.. rule.Objects("backendRefs").Where(b => b.Text("name") != Canary).Select(b => b.DeepClone())]);
    }

    public override JsonObject? Status(JsonObject route, Acceptance acceptance)
    {
        if (acceptance == Acceptance.Unreported) return new JsonObject { ["parents"] = new JsonArray() };
        var condition = new JsonObject
        {
            ["type"] = "Accepted",
            ["status"] = acceptance == Acceptance.Refused ? "False" : "True",
            ["reason"] = acceptance == Acceptance.Refused ? "NoMatchingParent" : "Accepted",
            ["message"] = "",
            ["lastTransitionTime"] = "2026-01-01T00:00:00Z",
            ["observedGeneration"] = route.Generation() - (acceptance == Acceptance.Pending ? 1 : 0),
        };
        return new JsonObject
        {
            ["parents"] = new JsonArray(new JsonObject
            {
                ["parentRef"] = new JsonObject { ["name"] = "gate" }, ["controllerName"] = "example.com/gateways", ["conditions"] = new JsonArray(condition),
            }),
        };
    }

    private static IEnumerable<JsonObject> Backends(JsonObject route) => route.Objects("spec", "rules").SelectMany(rule => rule.Objects("backendRefs"));
}
