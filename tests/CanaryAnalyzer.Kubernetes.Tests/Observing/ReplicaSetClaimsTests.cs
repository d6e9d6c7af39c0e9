using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class ReplicaSetClaimsTests
{
    private const string Ours = """[{"uid": "rollout-uid", "controller": true}]""";
    private readonly ObjectStore store = new();

    [Theory]
    [InlineData("web-abc", """{"app": "web", "rollouts-pod-template-hash": "abc"}""", "[]", "orphan")]
    [InlineData("web-abc", """{"app": "web", "rollouts-pod-template-hash": "abc"}""", """[{"uid": "backup"}]""", "orphan")]
    [InlineData("web-abc", """{"app": "web", "rollouts-pod-template-hash": "abc"}""", """[{"uid": "theirs", "controller": true}]""", "")]
    [InlineData("web-abc", """{"app": "web", "pod-template-hash": "abc"}""", "[]", "")] // a Deployment's
    [InlineData("web-abc", """{"app": "api", "rollouts-pod-template-hash": "abc"}""", "[]", "")]
    [InlineData("former-abc", """{"app": "web", "rollouts-pod-template-hash": "abc"}""", "[]", "orphan")] // of a Rollout that was renamed
    [InlineData("other-abc", """{"app": "web", "rollouts-pod-template-hash": "abc"}""", "[]", "")] // of one that is there
    [InlineData("web-abc", """{"app": "web", "rollouts-pod-template-hash": "abc"}""", Ours, "owned")]
    [InlineData("web-abc", """{"app": "quarantine", "rollouts-pod-template-hash": "abc"}""", Ours, "stray")]
    public void ReplicaSets_are_claimed_by_owner_and_labels(string name, string labels, string owners, string claim)
    {
        store.Put("replicasets.apps", Set(name, labels, owners));

        Assert.Equal(claim, Claim());
    }

    [Fact]
    public void What_is_being_deleted_is_not_claimed()
    {
        var set = Set("web-abc", """{"app": "web", "rollouts-pod-template-hash": "abc"}""", "[]");
        set["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        store.Put("replicasets.apps", set);

        Assert.Equal("", Claim());
    }

    [Theory]
    [InlineData("web-abc", "former", "orphan")]
    [InlineData("former-abc", null, "orphan")]
    [InlineData("former-abc", "web", "orphan")]
    [InlineData("former-abc", "former", "")]
    public void An_orphan_that_another_ones_Service_selects_may_be_waited_for_and_is_adopted_by_its_name_alone(string name, string? manager, string claim)
    {
        store.Put("replicasets.apps", Set(name, """{"app": "web", "rollouts-pod-template-hash": "abc"}""", "[]"));
        var annotations = manager is null ? "{}" : $$"""{"argo-rollouts.argoproj.io/managed-by-rollouts": "{{manager}}"}""";
        store.Put("services", SeedManifests.Parse($$$"""
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web-stable", "namespace": "team", "uid": "service-uid", "annotations": {{{annotations}}}},
             "spec": {"selector": {"app": "web", "rollouts-pod-template-hash": "abc"}} }
            """));

        Assert.Equal(claim, Claim());
    }

    [Theory]
    [InlineData("""{"matchLabels": {"app": "web"}}""", "web-abc", "orphan")]
    [InlineData("""{"matchLabels": {"app": "web"}}""", "former-abc", "")]
    [InlineData("""{"matchExpressions": [{"key": "app", "operator": "Exists"}]}""", "former-abc", "")]
    [InlineData("""{"matchLabels": {"app": "api"}}""", "former-abc", "orphan")]
    public void An_orphan_that_another_Rollout_selects_too_is_adopted_by_its_name_alone(string others, string name, string claim)
    {
        store.Put("replicasets.apps", Set(name, """{"app": "web", "rollouts-pod-template-hash": "abc"}""", "[]"));

        Assert.Equal(claim, Claim(others: others));
    }

    [Fact]
    public void Expressions_of_the_selector_count()
    {
        store.Put("replicasets.apps", Set("web-abc", """{"app": "web", "rollouts-pod-template-hash": "abc"}""", "[]"));

        Assert.Equal("", Claim("""{"matchExpressions": [{"key": "tier", "operator": "Exists"}]}"""));
        Assert.Equal("orphan", Claim("""{"matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]}"""));
    }

    private string Claim(string? selector = null, string others = """{"matchLabels": {"app": "other"}}""")
    {
        var rollout = SeedManifests.Rollout();
        if (selector is not null) rollout["spec"]!["selector"] = JsonNode.Parse(selector);
        var other = SeedManifests.Rollout();
        (other["metadata"]!["name"], other["metadata"]!["uid"]) = ("other", "other-uid");
        other["spec"]!["selector"] = JsonNode.Parse(others);
        store.Put("rollouts.argoproj.io", rollout);
        store.Put("rollouts.argoproj.io", other);
        var claims = ReplicaSetClaims.Find(rollout, RolloutReader.Read(rollout).Spec!, new StoreView(store));
        return claims switch { { Owned.Count: 1 } => "owned", { Orphans.Count: 1 } => "orphan", { Strays.Count: 1 } => "stray", _ => "" };
    }

    private static JsonObject Set(string name, string labels, string owners) => SeedManifests.Parse($$"""
        {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": "{{name}}", "namespace": "team", "uid": "set-uid", "labels": {{labels}}, "ownerReferences": {{owners}} }, "spec": {} }
        """);
}
