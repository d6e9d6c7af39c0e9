using CanaryAnalyzer.Core.Templates.Selectors;
using CsCheck;

namespace CanaryAnalyzer.Core.Tests.Templates.Selectors;

public class SeriesSelectorTests
{
    [Theory]
    [InlineData("up", "up")]
    [InlineData(" job:requests:total { } ", "job:requests:total")]
    [InlineData("requests{code=~\"5..\",}", "requests{code=~\"5..\"}")]
    [InlineData("requests{a='it\\'s', b != \"x\\\"y\", c!~`\\d+`}", "requests{a=\"it's\",b!=\"x\\\"y\",c!~\"\\\\d+\"}")]
    [InlineData("{__name__=\"requests\"}", "{__name__=\"requests\"}")]
    [InlineData("{\"http.requests\", code=\"500\"}", "{\"http.requests\",code=\"500\"}")]
    [InlineData("requests{\"service.name\"=\"web\"}", "requests{\"service.name\"=\"web\"}")]
    [InlineData("requests{path=\"\\u00e9\\n\"}", "requests{path=\"é\\n\"}")]
    public void Selector_is_read_and_written(string text, string written)
    {
        var selector = SeriesSelector.TryParse(text, out var error);

        Assert.Equal("", error);
        Assert.Equal(written, selector!.ToString());
    }

    [Theory]
    [InlineData("rate(requests[5m])", "at character 5: write the counter itself, without rate(): the judge reads counts")]
    [InlineData("requests{code=\"500\"}[5m]", "at character 21: leave out the range [...]: the judge picks it")]
    [InlineData("requests offset 5m", "at character 10: leave out the offset: the judge picks the time")]
    [InlineData("requests @ 5", "at character 10: leave out @: the judge picks the time")]
    [InlineData("errors / requests", "at character 8: name one counter, no calculation: the judge reads counts")]
    [InlineData("requests{code=500}", "at character 15: the value of code must stand in quotes")]
    [InlineData("requests{code\"500\"}", "at character 14: one of = != =~ !~ must stand after code")]
    [InlineData("requests{code=\"500\"", "at character 20: a closing brace } is missing")]
    [InlineData("requests{code=\"500}", "at character 15: the quote that opens here is not closed")]
    [InlineData("requests{a=\"1\" b=\"2\"}", "at character 16: a comma or the end must stand here, not 'b=\"2\"}'")]
    [InlineData("requests{code=~\"\\d\"}", "at character 18: this escape is not known; write \\\\ for a backslash (in regular expressions too)")]
    [InlineData("{code=~\".+\"}", "at character 13: name a metric: a selector of labels alone reads every metric that has them")]
    [InlineData("", "at character 1: a metric's name must stand here, such as http_requests_total{code=~\"5..\"}")]
    [InlineData("requests requests", "at character 10: nothing may stand after the selector, but 'requests' does")]
    public void What_is_no_selector_is_refused_with_the_place_and_what_to_write(string text, string message)
    {
        Assert.Null(SeriesSelector.TryParse(text, out var error));
        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("requests{code=\"500\"}", "code")]
    [InlineData("requests{code=~\"5..|\"}", "")]
    [InlineData("requests{code=~\"5..\",app!=\"\",kind=\"\"}", "app, code")]
    [InlineData("requests{code!=\"200\",a!~\"2..\",b!~\"|2..\",c=~\".*\",d=~\".+\"}", "b, d")]
    [InlineData("requests{code=~\"(?P<hundreds>5)..\"}", "code")]
    [InlineData("{__name__=\"requests\",code=~\"5..\"}", "code")]
    public void Labels_that_a_selector_needs_are_those_whose_absence_it_does_not_match(string text, string labels) =>
        Assert.Equal(labels, string.Join(", ", SeriesSelector.TryParse(text, out _)!.NeededLabels.Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("requests{a=\"1\"}", "requests{code=~\"5..\"}", "code")]
    [InlineData("{__name__=\"requests\",a=\"1\"}", "requests{code=~\"5..\"}", "code")]
    [InlineData("requests", "failures{code=~\"5..\"}", "")]
    public void Part_of_a_metric_needs_labels_and_another_metric_none(string whole, string part, string labels) =>
        Assert.Equal(labels, string.Join(", ", SeriesSelector.TryParse(part, out _)!.NeededOf(SeriesSelector.TryParse(whole, out _)!)));

    [Fact]
    public void Matchers_alone_are_added_behind_those_of_the_selector()
    {
        var selector = SeriesSelector.TryParse("requests{code=\"500\"}", out _)!;
        var matchers = SeriesSelector.TryParseMatchers("pod=~\"web-.*\", job=\"web\"", out var error);

        Assert.Equal("", error);
        Assert.Equal("requests_bucket{code=\"500\",pod=~\"web-.*\",job=\"web\"}", selector.With(matchers).WithSuffix("_bucket").ToString());
    }

    [Theory]
    [InlineData("{pod=\"a\"}", "at character 1: leave out the braces: only label conditions such as pod=~\"web-.*\" stand here")]
    [InlineData("  ", "at character 3: a condition such as pod=~\"web-.*\" must stand here")]
    [InlineData("pod", "at character 4: one of = != =~ !~ must stand after pod")]
    [InlineData("pod=\"a\"}", "at character 8: a comma or the end must stand here, not '}'")]
    public void What_are_no_matchers_is_refused(string text, string message)
    {
        Assert.True(SeriesSelector.TryParseMatchers(text, out var error).IsDefault);
        Assert.Equal(message, error);
    }

    [Fact]
    public void Any_value_survives_being_written_and_read() =>
        Gen.String.Sample(value =>
        {
            if (value.Any(char.IsSurrogate)) return;
            var selector = SeriesSelector.TryParse("requests", out _)!.With([new LabelMatcher("a", MatchOperator.NotEqual, value)]);
            Assert.Equal(value, SeriesSelector.TryParse(selector.ToString(), out _)?.Matchers[0].Value);
        });

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String[Gen.Char["abc{}[]()\"'`\\=~!,. x0u"], 0, 30].Sample(text => (SeriesSelector.TryParse(text, out var error) is null) == (error.Length > 0));
}
