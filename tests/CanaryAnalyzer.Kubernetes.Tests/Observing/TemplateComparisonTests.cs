using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class TemplateComparisonTests
{
    [Fact]
    public void What_a_rollout_controller_added_makes_no_difference()
    {
        var plain = Template();
        var marked = Template();
        marked["metadata"]!["labels"]!["rollouts-pod-template-hash"] = "abc";
        marked["metadata"]!["labels"]!["role"] = "stable";
        marked["metadata"]!["creationTimestamp"] = null;
        marked["spec"]!["affinity"] = JsonNode.Parse("""
            {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
              {"labelSelector": {"matchExpressions": [{"key": "rollouts-pod-template-hash", "operator": "In", "values": ["old"]}]}, "topologyKey": "kubernetes.io/hostname"}]}}
            """);

        Assert.Equal(TemplateComparison.Canonical(plain, null), TemplateComparison.Canonical(marked, """{"labels": {"role": "stable"}}"""));
    }

    [Fact]
    public void A_label_of_the_user_makes_a_difference()
    {
        var marked = Template();
        marked["metadata"]!["labels"]!["role"] = "stable";

        Assert.NotEqual(TemplateComparison.Canonical(Template(), null), TemplateComparison.Canonical(marked, null));
    }

    [Fact]
    public void An_affinity_of_the_user_makes_a_difference()
    {
        var marked = Template();
        marked["spec"]!["affinity"] = JsonNode.Parse("""{"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "zone"}]}}""");

        Assert.NotEqual(TemplateComparison.Canonical(Template(), null), TemplateComparison.Canonical(marked, null));
    }

    private static JsonObject Template() => (JsonObject)SeedManifests.Deployment()["spec"]!["template"]!.DeepClone();
}
