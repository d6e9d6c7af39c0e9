using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Metrics.Compare;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

public sealed class LabelFilterTests
{
    [Theory]
    [InlineData("5..", "503", true)]
    [InlineData("5..", "5030", false)]
    [InlineData("4..|5..", "503", true)]
    [InlineData("[45]..", "403", true)]
    [InlineData("[^45].*", "403", false)]
    [InlineData("(?:2|3)[0-9]+", "204", true)]
    [InlineData("web-7d9c\\.b-.*", "web-7d9c.b-x", true)]
    [InlineData("web-7d9c\\.b-.*", "web-7d9cxb-x", false)]
    [InlineData("\\d{2}", "10", true)]
    [InlineData("web-[.]x-[a-z0-9]{5}", "web-.x-ab1c2", true)]
    [InlineData("web-[a-z0-9]{5}", "web-ab1c2d", false)]
    [InlineData("a{2,}", "a", false)]
    [InlineData("a{100}", "a", null)]
    [InlineData("a{,2}", "a", null)]
    [InlineData("(|a)", "", true)]
    [InlineData(".+", "", false)]
    public void Expression_takes_the_whole_value(string expression, string value, bool? matches)
    {
        var (like, unlike) = (LabelFilter.TryCreate(new("code", MatchOperator.Matches, expression)), LabelFilter.TryCreate(new("code", MatchOperator.MatchesNot, expression)));

        Assert.Equal((matches, !matches), (like?.Matches(Series(value)), unlike?.Matches(Series(value))));
    }

    [Theory]
    [InlineData("(?i)a")]
    [InlineData("(?P<n>a)")]
    [InlineData("a$")]
    [InlineData("^a")]
    [InlineData("[[:alpha:]]")]
    [InlineData("[a-z-[b]]")]
    [InlineData("\\b")]
    [InlineData("\\pL")]
    [InlineData("\\Qa.b\\E")]
    [InlineData("ä")]
    [InlineData("a)|(b")]
    [InlineData("a**")]
    [InlineData("(a")]
    public void Expression_that_RE2_may_read_otherwise_is_not_applied(string expression) => Assert.Null(LabelFilter.TryCreate(new("code", MatchOperator.Matches, expression)));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData("\U0001F600")]
    public void Value_that_RE2_may_read_otherwise_is_not_judged_by_an_expression(string value)
    {
        Assert.Null(LabelFilter.TryCreate(new("code", MatchOperator.Matches, "a.b"))!.Matches(Series(value)));
        Assert.True(LabelFilter.TryCreate(new("code", MatchOperator.Equal, value))!.Matches(Series(value)));
        Assert.True(LabelFilter.TryCreate(new("code", MatchOperator.NotEqual, "x"))!.Matches(Series(value)));
    }

    [Theory]
    [InlineData("requests{a=\"b\"}", "requests{a=\"b\",code=\"500\"}", true)]
    [InlineData("requests", "requests{code=\"500\"}", true)]
    [InlineData("{__name__=\"requests\"}", "{code=\"500\",__name__=\"requests\"}", true)]
    [InlineData("requests{a=\"b\"}", "requests{code=\"500\"}", false)]
    [InlineData("requests{code!=\"404\"}", "requests{code=~\"5..\"}", false)]
    [InlineData("requests", "errors", false)]
    [InlineData("requests", "requests{code=~\"5..$\"}", false)]
    public void Errors_are_a_part_of_the_requests_where_they_have_all_of_their_conditions(string requests, string errors, bool isPart) =>
        Assert.Equal(isPart, SeriesPart.Of(SeriesSelector.TryParse(requests, out _)!, SeriesSelector.TryParse(errors, out _)!) is not null);

    [Theory]
    [InlineData("pod=~\"a-.*\"", "pod=~\"b-.*\"", "pod=~\"a-.*|b-.*\"")]
    [InlineData("version=\"1.2\"", "version=\"1.1\"", "version=~\"1\\\\.2|1\\\\.1\"")]
    [InlineData("job=\"web\",pod=\"a\"", "pod=~\"b.*\",job=\"web\"", "job=\"web\",pod=~\"a|b.*\"")]
    [InlineData("pod=~\"a.*\"", "pod!~\"a.*\"", null)]
    [InlineData("track=\"canary\"", "pod=~\"b.*\"", null)]
    [InlineData("pod=~\"a.*\",job=\"a\"", "pod=~\"b.*\",job=\"b\"", null)]
    [InlineData("pod=~\"(?i)a.*\"", "pod=~\"b.*\"", null)]
    [InlineData("pod=\"a\"", "pod=\"a\"", null)]
    public void Sides_are_asked_together_where_one_label_tells_them_apart(string canary, string stable, string? together)
    {
        var sides = new Sides(SideRule.Given, SeriesSelector.TryParseMatchers(canary, out _), SeriesSelector.TryParseMatchers(stable, out _));

        Assert.Equal(together, JoinedSides.Of(sides) is { } joined ? Sides.Describe(joined.Matchers) : null);
    }

    [Fact]
    public void Sides_of_a_judged_pause_are_asked_together()
    {
        var arguments = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty
            .Add("canary-pods", PodNames.Pattern("web.app-6d5f")).Add("stable-pods", PodNames.Pattern("web.app-7c4b"));

        Assert.NotNull(JoinedSides.Of(Sides.ByPods(arguments)!));
    }

    [Fact]
    public void Series_of_both_sides_is_given_to_both()
    {
        var sides = new Sides(SideRule.Given, SeriesSelector.TryParseMatchers("code=~\"5.*\"", out _), SeriesSelector.TryParseMatchers("code=~\".*0\"", out _));

        var (canary, stable) = JoinedSides.Of(sides)!.Split([Series("51"), Series("50"), Series("40")])!.Value;

        Assert.Equal(["51", "50"], canary.Select(one => one.Label("code")));
        Assert.Equal(["50", "40"], stable.Select(one => one.Label("code")));
    }

    private static RawSeries Series(string code) => new(new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code }, []);
}
