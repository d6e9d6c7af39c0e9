using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Selecting;

namespace CanaryAnalyzer.LocalCluster.Tests.Selecting;

public sealed class LabelSelectorTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app == web", true)]
    [InlineData("app!=web", false)]
    [InlineData("tier!=front", true)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("app in (web,api),tier notin (front)", true)]
    [InlineData("app in (api)", false)]
    [InlineData("canaryanalyzer.io/hash=a1", true)]
    public void Query_selects(string query, bool matches) =>
        Assert.Equal(matches, LabelSelector.OfQuery(query).Matches(new JsonObject { ["app"] = "web", ["canaryanalyzer.io/hash"] = "a1" }));

    [Fact]
    public void Object_form_selects_by_labels_and_expressions()
    {
        var selector = LabelSelector.OfObject((JsonObject)JsonNode.Parse("""{"matchLabels":{"app":"web"},"matchExpressions":[{"key":"tier","operator":"DoesNotExist"},{"key":"v","operator":"In","values":["1","2"]}]}""")!);
        Assert.True(selector.Matches(new JsonObject { ["app"] = "web", ["v"] = "2" }));
        Assert.False(selector.Matches(new JsonObject { ["app"] = "web", ["v"] = "3" }));
        Assert.False(selector.Matches(new JsonObject { ["app"] = "web", ["v"] = "1", ["tier"] = "" }));
    }
}
