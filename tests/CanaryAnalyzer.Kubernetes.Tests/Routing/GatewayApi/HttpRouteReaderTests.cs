using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.GatewayApi;

public sealed class HttpRouteReaderTests
{
    private static readonly RouteReference Web = new(GatewayApiRouter.FieldName, "HTTPRoute", "team", "web");

    [Fact]
    public void Every_rule_that_names_both_services_carries_weights()
    {
        var seen = Read(SeedManifests.Route());

        Assert.Equal([new RouteWeights(0, 100), new RouteWeights(0, 100)], seen.Rules);
        Assert.True(seen.Carries(0));
        Assert.True(seen.IsAccepted);
    }

    [Fact]
    public void A_backend_without_a_weight_has_one() =>
        Assert.Equal(new RouteWeights(1, 100), Read(Changed(r => ((JsonObject)r["spec"]!["rules"]![0]!["backendRefs"]![0]!).Remove("weight"))).Rules[0]);

    [Fact]
    public void A_service_of_the_same_name_elsewhere_is_another_one() =>
        Assert.Single(Read(Changed(r => r["spec"]!["rules"]![0]!["backendRefs"]![0]!["namespace"] = "elsewhere")).Rules);

    [Theory]
    [InlineData("""[{"type": "Accepted", "status": "True", "observedGeneration": 1}, {"type": "ResolvedRefs", "status": "True", "observedGeneration": 1}]""", "")]
    [InlineData("""[{"type": "Accepted", "status": "True", "observedGeneration": 0}, {"type": "ResolvedRefs", "status": "True", "observedGeneration": 1}]""", "generation 1")]
    [InlineData("""[{"type": "Accepted", "status": "False", "reason": "NoMatch", "message": "m", "observedGeneration": 1}, {"type": "ResolvedRefs", "status": "True", "observedGeneration": 1}]""", "NoMatch")]
    [InlineData("""[{"type": "ResolvedRefs", "status": "False", "reason": "BackendNotFound", "message": "m", "observedGeneration": 1}]""", "BackendNotFound")]
    [InlineData("""[{"type": "Accepted", "status": "Unknown", "reason": "Pending", "message": "m", "observedGeneration": 1}]""", "Pending")]
    [InlineData("""[{"type": "Accepted", "status": "False", "reason": "NoMatch", "message": "m"}]""", "NoMatch")]
    [InlineData("""[{"type": "Accepted", "status": "True"}, {"type": "ResolvedRefs", "status": "True"}]""", "")]
    [InlineData("""[{"type": "Accepted", "status": "True", "observedGeneration": 1}]""", "")]
    [InlineData("[]", "")]
    public void A_weight_counts_once_every_gateway_took_it_over(string conditions, string complaint)
    {
        var seen = Read(Reported("""[{"name": "gate"}]""", """{"name": "gate"}""", conditions));

        Assert.Equal(complaint.Length == 0, seen.IsAccepted);
        Assert.Contains(complaint, seen.Complaint + seen.Pending, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name": "old-gw"}""")]
    [InlineData("""{"name": "web", "kind": "Service", "group": ""}""")]
    [InlineData("""{"name": "web", "namespace": "elsewhere"}""")]
    [InlineData("""{"name": "web", "sectionName": "https"}""")]
    [InlineData("""{"name": "web", "port": 8443}""")]
    public void A_gateway_that_the_route_does_not_name_any_more_holds_nothing(string stale) =>
        Assert.True(Read(Reported("""[{"name": "web"}]""", stale)).IsAccepted);

    [Theory]
    [InlineData("""{"name": "web"}""", """{"name": "web", "group": "gateway.networking.k8s.io", "kind": "Gateway", "namespace": "team"}""")]
    [InlineData("""{"name": "web", "group": "gateway.networking.k8s.io", "kind": "Gateway", "namespace": "team"}""", """{"name": "web"}""")]
    [InlineData("""{"name": "web", "sectionName": "https", "port": 8443}""", """{"name": "web", "sectionName": "https", "port": 8443}""")]
    [InlineData("""{"name": "web", "kind": "Service", "group": ""}""", """{"name": "web", "kind": "Service", "group": ""}""")]
    public void A_gateway_that_the_route_names_holds_it_until_it_has_seen_it(string named, string reports)
    {
        var seen = Read(Reported($"[{named}]", reports));

        Assert.False(seen.IsAccepted);
        Assert.Empty(seen.Complaint);
        Assert.Contains("has not yet seen generation 1 (last seen: 0)", seen.Pending, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_route_does_not_exist() => Assert.False(HttpRouteReader.Read(Web, null, "team", Services()).Exists);

    private static JsonObject Reported(
        string named, string reports, string conditions = """[{"type": "Accepted", "status": "True", "observedGeneration": 0}]""") => Changed(r =>
    {
        r["spec"]!["parentRefs"] = JsonNode.Parse(named);
        r["status"] = new JsonObject
        {
            ["parents"] = new JsonArray(new JsonObject { ["parentRef"] = JsonNode.Parse(reports), ["conditions"] = JsonNode.Parse(conditions) }),
        };
    });

    private static RouteObservation Read(JsonObject route) => HttpRouteReader.Read(Web, route, "team", Services());

    private static ServiceNames Services() => RolloutReader.Read(SeedManifests.Rollout()).Spec!.Strategy.Services;

    private static JsonObject Changed(Action<JsonObject> change)
    {
        var route = SeedManifests.Route();
        change(route);
        return route;
    }
}
