using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Metrics.Compare;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

public class MissingSideTests
{
    private static readonly ImmutableDictionary<string, string> Arguments = ImmutableDictionary<string, string>.Empty
        .Add("canary-hash", "6f7d").Add("stable-hash", "59c8").Add("canary-pods", "web-6f7d-.*").Add("stable-pods", "web-59c8-.*").Add("canary-service", "web-canary");

    [Theory]
    [InlineData("version=6f7d", "version=\"{{args.canary-hash}}\" would find some")]
    [InlineData("kubernetes_pod_name=web-6f7d-x1", "kubernetes_pod_name=~\".*{{args.canary-hash}}.*\" would find some")]
    [InlineData("exported_service=web-canary", "exported_service=\"{{args.canary-service}}\" would find some")]
    [InlineData("instance=10.0.0.1:80,job=web", "the series that are there have the labels instance, job: set canary and stable to matchers on the one that names the version or the pod")]
    [InlineData("", "the series that are there have no labels that could tell the sides apart")]
    public void Label_that_would_do_is_named(string labels, string advice)
    {
        var text = Describe("canary", labels);

        Assert.Equal($"no series of requests for canary: the canary was asked with pod=~\"web-6f7d-.*\"; {advice}", text);
    }

    [Fact]
    public void Pods_pattern_is_advised_where_no_hash_is_known()
    {
        var text = MissingSide.Describe("stable", Selector, Pods, [Series("pod_name=web-59c8-x1")], Arguments.Remove("stable-hash"));

        Assert.EndsWith("pod_name=~\"{{args.stable-pods}}\" would find some", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_that_is_no_expression_is_no_advice() =>
        Assert.Contains("have the labels pod", MissingSide.Describe("canary", Selector, Pods, [Series("pod=a")], ImmutableDictionary<string, string>.Empty.Add("canary-pods", "web-(")), StringComparison.Ordinal);

    private static SeriesSelector Selector => SeriesSelector.TryParse("requests", out _)!;

    private static Sides Pods => Sides.ByPods(Arguments)!;

    private static string Describe(string side, string labels) => MissingSide.Describe(side, Selector, Pods, [Series(labels)], Arguments);

    private static RawSeries Series(string labels) =>
        new(labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => label.Split('=', 2)).ToImmutableDictionary(pair => pair[0], pair => pair[1]).Add("__name__", "requests"), [new RawSample(0, 1)]);
}
