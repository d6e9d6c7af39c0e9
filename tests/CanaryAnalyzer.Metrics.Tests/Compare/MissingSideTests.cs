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
    [InlineData("pod=shop-1", "the series that are there have pod \"shop-1\": is this the selector of the Rollout's own metrics, and have its pods had a request yet?")]
    public void Label_that_would_do_is_named(string labels, string advice) =>
        Assert.Equal($"no series of requests for canary: the canary was asked with pod=~\"web-6f7d-.*\"; {advice}", MissingSide.Describe(Facts("canary") with { Present = [Series(labels)] }));

    [Fact]
    public void Pods_pattern_is_advised_where_no_hash_is_known()
    {
        var text = MissingSide.Describe(Facts("stable") with { Present = [Series("pod_name=web-59c8-x1")], Arguments = Arguments.Remove("stable-hash") });

        Assert.EndsWith("pod_name=~\"{{args.stable-pods}}\" would find some", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_that_is_no_expression_is_no_advice()
    {
        var text = MissingSide.Describe(Facts("canary") with { Present = [Series("pod=a")], Arguments = ImmutableDictionary<string, string>.Empty.Add("canary-pods", "web-(") });

        Assert.Contains("have pod \"a\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_there_are_named_where_the_label_is_right_and_neither_value_is()
    {
        var text = MissingSide.Describe(Versions("canary and stable") with { Present = [Series("version=1.0.3"), Series("version=1.0.4"), Series("version=1.0.3,code=200")] });

        Assert.Equal(
            "no series of requests for canary and stable: canary and stable were asked with version=\"2\" and version=\"1\"; "
            + "the series that are there have version \"1.0.3\", \"1.0.4\": set canary and stable to values that are there",
            text);
    }

    [Theory]
    [InlineData("", false, "", "the labels are right, as the other side has series: has the canary had a request yet, and is it scraped?")]
    [InlineData("", true, "", "the canary isn't scraped (no up with these labels): are its pods running and ready, and does a scrape config find them?")]
    [InlineData("0,0", true, "", "the canary is a target, but can't be scraped (up is 0): is the port right, and does it serve metrics?")]
    [InlineData("0,1", true, "up,process_cpu_seconds_total", "the canary is scraped, but has no such series: it has had no request yet")]
    [InlineData("1", true, "up,http_requests,latency_sum", "the canary is scraped, but has no metric of this name; did you mean http_requests?")]
    [InlineData("1", true, "up,requests", "the canary has requests, but no series of it that fits the other matchers")]
    public void Canary_without_series_is_told_by_what_else_is_known_of_it_where_stable_has_some(string up, bool isUpKnown, string names, string advice)
    {
        var text = MissingSide.Describe(Versions("canary") with
        {
            Present = [Series("version=1")],
            Up = [.. Split(up).Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))],
            IsUpKnown = isUpKnown,
            Names = [.. Split(names)],
        });

        Assert.Equal($"no series of requests for canary: the canary was asked with version=\"2\"; {advice}", text);
        Assert.DoesNotContain("set canary and stable", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Canary_that_carries_another_label_is_found_by_it_though_stable_is_there() =>
        Assert.EndsWith(
            "app_version=\"{{args.canary-hash}}\" would find some",
            MissingSide.Describe(Versions("canary") with { Present = [Series("version=1"), Series("app_version=6f7d")] }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("requests{ns=\"defualt\"}", "ns=default|ns=shop", "", "requests is there, but ns=\"defualt\" fits none of its series, which have ns \"default\", \"shop\"")]
    [InlineData("requests{ns=\"default\"}", "", "", "is the name right, and is it scraped? (It may also be that there were no requests yet.)")]
    [InlineData("requests{ns=\"default\"}", "code=200", "", "requests is there, but without the label ns")]
    [InlineData("requests{ns=\"a\",code=\"1\"}", "ns=a,code=2|ns=b,code=1", "", "requests is there, but no series fits all of these matchers")]
    [InlineData("http_requests_recieved_total", "", "up,http_requests_received_total,http_requests_in_progress", "no metric has this name; did you mean http_requests_received_total?")]
    [InlineData("http_requests_total", "", "up,http_server_requests_seconds_count,http_server_requests_seconds_sum,process_cpu_seconds_total", "no metric has this name; did you mean http_server_requests_seconds_count?")]
    [InlineData("http_requests_total", "", "up,go_goroutines", "is the name right, and is it scraped? (It may also be that there were no requests yet.)")]
    public void Selector_that_finds_nothing_is_told_by_its_name_or_its_matchers(string selector, string named, string names, string reason)
    {
        var text = MissingSide.Describe(Facts("canary") with { Selector = SeriesSelector.TryParse(selector, out _)!, Named = [.. named.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Series)], Names = [.. Split(names)] });

        Assert.Equal($"no series matches {selector}: {reason}", text);
    }

    [Theory]
    [InlineData("quantile=0.99,version=1", "", "durations is a summary: quantiles cannot be compared; expose it as a histogram, with buckets")]
    [InlineData("version=1", "", "durations has no buckets, so it is no histogram that could be compared; expose it with buckets")]
    [InlineData("", "durations_count,durations_sum,durations_max", "no series matches durations_bucket: durations has no buckets, so it is no histogram that could be compared; expose it with buckets")]
    [InlineData("", "duration_bucket,durations_of_something_else", "no series matches durations_bucket: no metric has this name; did you mean duration?")]
    public void Latency_of_what_is_no_histogram_is_told(string present, string names, string text)
    {
        var facts = Versions("canary and stable") with { Selector = SeriesSelector.TryParse("durations_bucket", out _)!, WantsBuckets = true, Names = [.. Split(names)], Present = present.Length == 0 ? [] : [Series(present)] };

        Assert.Equal(text, MissingSide.Describe(facts));
    }

    private static SideFacts Facts(string side) => new() { Side = side, Selector = SeriesSelector.TryParse("requests", out _)!, Sides = Sides.ByPods(Arguments)!, Arguments = Arguments };

    private static SideFacts Versions(string side) => Facts(side) with
    {
        Sides = new Sides(SideRule.Given, [new LabelMatcher("version", MatchOperator.Equal, "2")], [new LabelMatcher("version", MatchOperator.Equal, "1")]),
    };

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static RawSeries Series(string labels) =>
        new(Split(labels).Select(label => label.Split('=', 2)).ToImmutableDictionary(pair => pair[0], pair => pair[1]).Add("__name__", "requests"), [new RawSample(0, 1)]);
}
