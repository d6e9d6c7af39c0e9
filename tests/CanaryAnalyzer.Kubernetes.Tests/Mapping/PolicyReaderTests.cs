using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Kubernetes.Tests.Mapping;

public sealed class PolicyReaderTests
{
    [Fact]
    public void Defaults_are_to_enforce_and_to_wait_where_nothing_is_decided()
    {
        var (spec, errors) = PolicyReader.Read(Policy("{}"));

        Assert.Empty(errors);
        Assert.Equal((PolicyMode.Enforce, GateAction.Promote, GateAction.Abort), (spec!.Mode, spec.OnSuccessful, spec.OnFailed));
        Assert.Empty(spec.OnInconclusive);
        Assert.Equal(TimeSpan.FromMinutes(30), spec.MaxDuration);
    }

    [Theory]
    [InlineData("""{"onInconclusive": "Promote"}""", "spec.onInconclusive", "lack of data")]
    [InlineData("""{"onInconclusive": {"noData": "Promote"}}""", "spec.onInconclusive", "")]
    [InlineData("""{"onInconclusive": {"tooLittleTraffic": "Promote"}}""", "spec.acceptUndetected", "required")]
    [InlineData("""{"maxDuration": "soon"}""", "spec.maxDuration", "soon")]
    [InlineData("""{"mode": "Maybe"}""", "spec.mode", "Enforce")]
    [InlineData("""{"onFailure": "Abort"}""", "spec.onFailure", "onFailed")]
    [InlineData("""{"acceptUndetected": 0.5, "onInconclusive": {"tooLittleTraffic": "Promote"}}""", "spec.acceptUndetected", "ratio above 1")]
    public void What_is_wrong_is_named_with_its_place(string more, string path, string says)
    {
        var (spec, errors) = PolicyReader.Read(Policy(more));

        Assert.Null(spec);
        Assert.Contains(errors, e => e.Path.StartsWith(path, StringComparison.Ordinal) && e.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void A_map_by_reason_is_read()
    {
        var (spec, _) = PolicyReader.Read(Policy("""{"acceptUndetected": 5, "onInconclusive": {"tooLittleTraffic": "Promote", "trafficShare": "Abort", "inBetween": "Wait"}}"""));

        Assert.Equal(
            [(UndecidedReason.TooLittleTraffic, GateAction.Promote), (UndecidedReason.TrafficShare, GateAction.Abort), (UndecidedReason.InBetween, GateAction.Wait)],
            spec!.OnInconclusive.Select(p => (p.Key, p.Value)));
        Assert.Equal(5, spec.AcceptUndetected);
    }

    [Fact]
    public void A_policy_selects_by_labels_and_expressions()
    {
        var policy = Policy("{}");
        policy["spec"]!["selector"] = JsonNode.Parse("""{"matchLabels": {"delivery": "automatic"}, "matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["core"]}]}""");

        Assert.True(PolicyReader.Selects(policy, new Dictionary<string, string> { ["delivery"] = "automatic" }));
        Assert.False(PolicyReader.Selects(policy, new Dictionary<string, string> { ["delivery"] = "automatic", ["tier"] = "core" }));
        Assert.False(PolicyReader.Selects(policy, new Dictionary<string, string>()));
    }

    private static JsonObject Policy(string more)
    {
        var spec = SeedManifests.Parse("""{"selector": {"matchLabels": {"delivery": "automatic"}}, "templates": [{"templateName": "errors"}]}""");
        foreach (var (name, value) in SeedManifests.Parse(more)) spec[name] = value?.DeepClone();
        return new JsonObject
        {
            ["apiVersion"] = "canaryanalyzer.io/v1alpha1",
            ["kind"] = "PromotionPolicy",
            ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = "team" },
            ["spec"] = spec,
        };
    }
}
