using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing;

public sealed class HttpRouteReaderTests
{
    private static readonly RouteReference Web = new("team", "web");

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
    [InlineData("""[{"type": "Accepted", "status": "True", "observedGeneration": 2}]""", "ResolvedRefs")]
    public void A_weight_counts_once_every_gateway_took_it_over(string conditions, string complaint)
    {
        var seen = Read(Changed(r => r["status"] = new JsonObject
        {
            ["parents"] = new JsonArray(new JsonObject { ["parentRef"] = new JsonObject { ["name"] = "gate" }, ["conditions"] = JsonNode.Parse(conditions) }),
        }));

        Assert.Equal(complaint.Length == 0, seen.IsAccepted);
        Assert.Contains(complaint, seen.Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_route_does_not_exist() => Assert.False(HttpRouteReader.Read(Web, null, "team", Canary()).Exists);

    private static RouteObservation Read(JsonObject route) => HttpRouteReader.Read(Web, route, "team", Canary());

    private static CanaryStrategy Canary() => RolloutReader.Read(SeedManifests.Rollout()).Spec!.Canary;

    private static JsonObject Changed(Action<JsonObject> change)
    {
        var route = SeedManifests.Route();
        change(route);
        return route;
    }
}
