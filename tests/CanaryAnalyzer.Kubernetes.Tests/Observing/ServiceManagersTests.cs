using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class ServiceManagersTests
{
    private readonly ObjectStore store = new();

    [Fact]
    public void Annotation_counts_while_its_Rollout_exists_and_names_the_Service()
    {
        store.Put("rollouts.argoproj.io", SeedManifests.Rollout());

        Assert.Equal("web", ServiceManagers.ManagerOf(Managed("web-stable"), View));
        Assert.Equal("", ServiceManagers.ManagerOf(Managed("web-other"), View));
        Assert.Equal("", ServiceManagers.ManagerOf(Managed("web-stable", by: "gone"), View));
    }

    [Theory]
    [InlineData("""{"blueGreen": {"activeService": "web-stable", "previewService": "x"}}""")]
    [InlineData("""{"blueGreen": {"activeService": "x", "previewService": "web-stable"}}""")]
    [InlineData("""{"canary": {"pingPong": {"pingService": "web-stable", "pongService": "x"}}}""")]
    [InlineData("""{"canary": {"pingPong": {"pingService": "x", "pongService": "web-stable"}}}""")]
    [InlineData("""{"canary": {"canaryService": "web-stable", "nonsense": true}}""")]
    public void Rollout_that_is_not_supported_or_invalid_keeps_its_Services(string strategy)
    {
        var rollout = SeedManifests.Rollout();
        rollout["spec"]!["strategy"] = JsonNode.Parse(strategy);
        store.Put("rollouts.argoproj.io", rollout);

        Assert.False(ServiceManagers.IsAbandoned(Managed("web-stable"), View));
    }

    [Fact]
    public void Service_that_nobody_pointed_is_nobodys_to_release() => Assert.False(ServiceManagers.IsAbandoned(SeedManifests.Service("web-stable"), View));

    [Theory]
    [InlineData("abc", 1, "[]", false)] // pods that a deletion left behind serve
    [InlineData("abc", 0, "[]", true)]
    [InlineData("def", 1, "[]", true)]
    [InlineData("abc", 1, """[{"uid": "gone", "controller": true}]""", true)] // these are about to be collected
    public void Service_of_a_Rollout_that_is_gone_is_abandoned_unless_orphans_serve(string hash, int available, string owners, bool isAbandoned)
    {
        store.Put("replicasets.apps", SeedManifests.Parse($$"""
            {"apiVersion": "apps/v1", "kind": "ReplicaSet", "status": {"availableReplicas": {{available}}}, "spec": {},
             "metadata": {"name": "web-abc", "namespace": "team", "ownerReferences": {{owners}}, "labels": {"rollouts-pod-template-hash": "{{hash}}"} } }
            """));

        Assert.Equal(isAbandoned, ServiceManagers.IsAbandoned(Managed("web-stable"), View));
    }

    private StoreView View => new(store);

    private static JsonObject Managed(string name, string by = "web")
    {
        var service = SeedManifests.Service(name);
        service["metadata"]!["annotations"] = new JsonObject { [Markers.ManagedBy] = by };
        service["spec"]!["selector"]![Markers.PodHash] = "abc";
        return service;
    }
}
