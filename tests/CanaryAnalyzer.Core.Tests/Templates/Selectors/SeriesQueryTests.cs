using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Core.Tests.Templates.Selectors;

public class SeriesQueryTests
{
    private static readonly LabelMatcher Side = new("pod", MatchOperator.Matches, "web-.*");

    [Theory]
    [InlineData("up", "up{#}")]
    [InlineData("memory_bytes{job=\"web\"}", "memory_bytes{job=\"web\",#}")]
    [InlineData("memory{}", "memory{#}")]
    [InlineData("memory {job='web',}", "memory{job=\"web\",#}")]
    [InlineData("{__name__=\"memory\"}", "{__name__=\"memory\",#}")]
    [InlineData("{\"memory.bytes\", job=\"web\"}", "{\"memory.bytes\",job=\"web\",#}")]
    [InlineData("job:memory:sum / on (pod) group_left (node) capacity", "job:memory:sum{#} / on (pod) group_left (node) capacity{#}")]
    [InlineData("a * on(pod) group_right b", "a{#} * on(pod) group_right b{#}")]
    [InlineData("sum by (pod, container) (memory)", "sum by (pod, container) (memory{#})")]
    [InlineData("sum(memory) BY (pod)", "sum(memory{#}) BY (pod)")]
    [InlineData("sum without (\"a.b\") (memory)", "sum without (\"a.b\") (memory{#})")]
    [InlineData("topk(3, rate(cpu_total{mode!=\"idle\"}[5m]))", "topk(3, rate(cpu_total{mode!=\"idle\",#}[5m]))")]
    [InlineData("max_over_time(queue[10m:30s] offset 1h30m)", "max_over_time(queue{#}[10m:30s] offset 1h30m)")]
    [InlineData("queue offset -5m @ end() + queue @ 1609746000.5", "queue{#} offset -5m @ end() + queue{#} @ 1609746000.5")]
    [InlineData("a > bool 0 and b unless c or -d atan2 e", "a{#} > bool 0 and b{#} unless c{#} or -d{#} atan2 e{#}")]
    [InlineData("a > 1e-3 * 0x1F + Inf - NaN ^ .5", "a{#} > 1e-3 * 0x1F + Inf - NaN ^ .5")]
    [InlineData("label_replace(a{x=\"b{c}\"}, \"pod\", \"$1\", \"instance\", '(.*):\\\\d+')", "label_replace(a{x=\"b{c}\",#}, \"pod\", \"$1\", \"instance\", '(.*):\\\\d+')")]
    [InlineData("count_values(\"version\", build_info{v=~`1\\..`})", "count_values(\"version\", build_info{v=~\"1\\\\..\",#})")]
    [InlineData("histogram_quantile(0.9, sum by (le, pod) (rate(h_bucket[1m])))", "histogram_quantile(0.9, sum by (le, pod) (rate(h_bucket{#}[1m])))")]
    [InlineData("time() - start_seconds", "time() - start_seconds{#}")]
    [InlineData("a and on() b", "a{#} and on() b{#}")]
    [InlineData("sum(sum)", "sum(sum{#})")]
    [InlineData("sum(by) + offset", "sum(by{#}) + offset{#}")]
    [InlineData("((a))", "((a{#}))")]
    public void Matchers_are_put_into_each_selector_and_nowhere_else(string text, string expected)
    {
        var query = SeriesQuery.TryParse(text, out var error);

        Assert.Equal("", error);
        Assert.Equal(expected.Replace("#", Side.ToString(), StringComparison.Ordinal), query!.With([Side]));
    }

    [Fact]
    public void Comments_are_left_out()
    {
        var query = SeriesQuery.TryParse("sum by (pod) (# {not=\"this\"}, nor )\nmemory{note=\"# stays\"}# end\n)", out _)!;

        var lines = query.With([Side]).Split('\n').Select(line => line.TrimEnd());
        Assert.Equal(["sum by (pod) (", "memory{note=\"# stays\",pod=~\"web-.*\"}", ")"], lines);
        Assert.Equal("memory{note=\"# stays\"}", Assert.Single(query.Selectors).ToString());
    }

    [Theory]
    [InlineData("", "at character 1: the query ends too early")]
    [InlineData("vector(1)", "at character 1: the query reads no series: name a metric")]
    [InlineData("sum(a", "at character 4: the ( that opens here is not closed")]
    [InlineData("a)", "at character 2: ')' can't stand here")]
    [InlineData("a +", "at character 4: the query ends too early")]
    [InlineData("a b", "at character 3: an operator is missing before 'b'")]
    [InlineData("f(a) keep_metric_names", "at character 6: an operator is missing before 'keep_metric_names'")]
    [InlineData("f(a)(b)", "at character 5: an operator is missing before this (")]
    [InlineData("a[$__interval]", "at character 3: only durations such as 5m can stand between brackets, not '$'")]
    [InlineData("a[5m", "at character 2: the [ that opens here is not closed")]
    [InlineData("a{b=\"c}", "at character 5: the quote that opens here is not closed")]
    [InlineData("a{b=\"c\"", "at character 2: the { that opens here is not closed")]
    [InlineData("a{b=\"c\" or d=\"e\"}", "at character 9: a comma or the end must stand here, not 'or d=\"e\"}'")]
    [InlineData("1 + a{b=c}", "at character 9: the value of b must stand in quotes")]
    [InlineData("sum by (a.b) (c)", "at character 10: only labels, parted by commas, can stand in this list")]
    [InlineData("sum by (a", "at character 8: the ( that opens here is not closed")]
    [InlineData("WITH (x = a) x", "at character 9: '=' can't stand here")]
    [InlineData("{pod=~\".+\"}", "at character 12: name a metric: a selector of labels alone reads every metric that has them")]
    [InlineData("a; b", "at character 2: ';' can't stand here")]
    [InlineData("a =~ b", "at character 3: '=' can't stand here")]
    public void What_cannot_be_understood_is_refused_with_the_place(string text, string message)
    {
        Assert.Null(SeriesQuery.TryParse(text, out var error));
        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }
}
