using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class KeptPartsTests
{
    private const string Owned = """
        {"metadata": {"name": "web-1", "namespace": "team", "uid": "u", "resourceVersion": "1", "labels": {"app": "web"}, "annotations": {"a": "b"}, "ownerReferences": [{"kind": "KIND", "uid": "o", "controller": CONTROLLER}]},
         "spec": {"replicas": 3}, "status": {"replicas": 3}}
        """;

    [Fact]
    public void Of_a_ReplicaSet_that_another_kind_controls_only_its_metadata_is_kept()
    {
        var kept = KeptParts.Of(Set("Deployment", "true"))!;

        Assert.Equal(["metadata"], kept.Select(part => part.Key));
        Assert.Equal(["name", "namespace", "uid", "resourceVersion", "labels", "ownerReferences"], ((JsonObject)kept["metadata"]!).Select(part => part.Key));
    }

    [Theory]
    [InlineData("Rollout", "true")]
    [InlineData("Deployment", "false")]
    public void ReplicaSet_that_a_Rollout_controls_or_may_adopt_is_kept_whole(string kind, string controller) => Assert.Null(KeptParts.Of(Set(kind, controller)));

    [Fact]
    public void What_was_applied_last_is_kept_of_nothing()
    {
        var rollout = Cached(ResourceType.Rollouts, """
            {"metadata": {"name": "web", "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{\"spec\": {}}", "team": "shop"}}, "spec": {"replicas": 3}}
            """);

        Assert.Equal("""{"metadata":{"name":"web","annotations":{"team":"shop"}},"spec":{"replicas":3}}""", KeptParts.Of(rollout)!.ToJsonString());
        Assert.Contains("last-applied", rollout.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(KeptParts.Of(Cached(ResourceType.Rollouts, """{"metadata": {"name": "web"}, "spec": {"replicas": 3}}""")));
    }

    private static CachedResource Set(string kind, string controller) => Cached(ResourceType.ReplicaSets, Owned.Replace("KIND", kind, StringComparison.Ordinal).Replace("CONTROLLER", controller, StringComparison.Ordinal));

    private static CachedResource Cached(ResourceType type, string json) => new(type, RawResource.Of((JsonObject)JsonNode.Parse(json)!));
}
