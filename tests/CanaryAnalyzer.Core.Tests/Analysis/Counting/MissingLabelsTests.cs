using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

/// <summary>Labels that a measure needs and a side doesn't have.</summary>
public class MissingLabelsTests
{
    private const string Old = "status_code=200", New = "code=200";
    private static readonly ImmutableHashSet<string> StatusCode = ["status_code"];
    private static readonly double?[] Hundred = [.. Enumerable.Range(0, 7).Select(i => (double?)(100 * i))];

    [Theory]
    [InlineData(New, Old, "the errors of canary can't be seen: they are selected by the label status_code, which the requests of c don't have; they have code")]
    [InlineData(Old, New, "the errors of stable can't be seen: they are selected by the label status_code, which the requests of s don't have; they have code")]
    [InlineData(New, New, "the errors of canary can't be seen: they are selected by the label status_code, which the requests of c don't have; they have code")]
    public void Side_whose_errors_can_not_be_seen_has_no_counts(string canary, string stable, string detail)
    {
        var series = Errors(Side("c", canary), Side("s", stable));

        foreach (var accepted in new long?[] { null, 30 * Second })
        {
            var look = LookCounting.Count(series, Look(60 * Second, accepted));
            Assert.Equal((CountingFlaw.MissingLabel, detail, 0), (look.Flaw, look.Detail, look.Intervals.Length));
        }
    }

    [Fact]
    public void Side_that_has_the_label_and_no_error_yet_has_none()
    {
        var counts = Assert.Single(LookCounting.Count(Errors(Side("c", Old), Side("s", Old)), Look(60 * Second, accepted: 30 * Second)).Intervals).Counts;

        Assert.Equal((300, 0), (counts.Canary.Requests, counts.Canary.Errors));
    }

    [Fact]
    public void One_pod_of_a_side_is_enough_where_it_has_requests()
    {
        var mixed = Table(Series($"pod=c-0,{Old}", 0, 10 * Second, Hundred), Series($"pod=c-1,{New}", 0, 10 * Second, Hundred));
        var idle = Table(Series($"pod=c-0,{Old}", 0, 10 * Second, Hundred), Series($"pod=c-1,{New}", 0, 10 * Second, 0, 0, 0, 0, 0, 0, 0));

        Assert.Contains("the requests of c-1", LookCounting.Count(Errors(mixed, Side("s", Old)), Look(60 * Second, accepted: 30 * Second)).Detail, StringComparison.Ordinal);
        Assert.Equal(CountingFlaw.None, LookCounting.Count(Errors(idle, Side("s", Old)), Look(60 * Second, accepted: 30 * Second)).Flaw);
    }

    [Fact]
    public void Label_that_comes_only_with_a_failure_may_be_missing()
    {
        // OpenTelemetry's error.type is there only where a request failed.
        var stable = Table(Series("pod=s,code=200", 0, 10 * Second, Hundred), Series("pod=s,code=500,error_type=500", 0, 10 * Second, Hundred));
        var series = new MeasureSeries.Errors(Side("c", New), SeriesTable.Empty, stable, Table(Series("pod=s,code=500,error_type=500", 0, 10 * Second, Hundred))) { Needed = ["error_type"] };

        Assert.Equal(CountingFlaw.None, LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Flaw);
    }

    [Theory]
    [InlineData("code=200,error_kind=500", CountingFlaw.MissingLabel)]
    [InlineData("code=200,side=canary", CountingFlaw.None)]
    [InlineData("code=404", CountingFlaw.None)]
    public void Label_that_comes_only_with_a_failure_may_have_been_renamed(string further, CountingFlaw flaw)
    {
        var failed = Series("pod=s,code=500,error_type=500", 0, 10 * Second, Hundred);
        var canary = Table(Series("pod=c,code=200", 0, 10 * Second, Hundred), Series($"pod=c,{further}", 0, 10 * Second, Hundred));
        var series = new MeasureSeries.Errors(canary, SeriesTable.Empty, Table(Series("pod=s,code=200", 0, 10 * Second, Hundred), failed), Table(failed)) { Needed = ["error_type"], Apart = ["side"] };

        Assert.Equal(flaw, LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Flaw);
    }

    [Theory]
    [InlineData("path=api,status=200", 1, CountingFlaw.MissingLabel)]
    [InlineData("path=api", 1, CountingFlaw.MissingLabel)]
    [InlineData("path=api", 0.1, CountingFlaw.None)]
    public void Label_that_hardly_any_request_has_is_missing(string further, double often, CountingFlaw flaw)
    {
        var stable = Table(Series("pod=s,path=api,code=200", 0, 10 * Second, Hundred), Series("pod=s,path=api", 0, 10 * Second, 0, 1, 2, 3, 4, 5, 6));
        var canary = Table(Series("pod=c,path=healthz,code=200", 0, 10 * Second, 0, 5, 10, 15, 20, 25, 30), Series($"pod=c,{further}", 0, 10 * Second, [.. Hundred.Select(value => value * often)]));
        var series = new MeasureSeries.Errors(canary, SeriesTable.Empty, stable, SeriesTable.Empty) { Needed = ["code"] };

        Assert.Equal(flaw, LookCounting.Count(series, Look(60 * Second, accepted: 30 * Second)).Flaw);
    }

    [Fact]
    public void Limit_needs_the_label_too()
    {
        var look = LookCounting.Count(new MeasureSeries.Limit(Side("c", New), SeriesTable.Empty) { Needed = StatusCode }, Look(60 * Second, accepted: 30 * Second));

        Assert.Equal((CountingFlaw.MissingLabel, 0), (look.Flaw, look.Intervals.Length));
    }

    [Fact]
    public void Counts_are_not_kept_apart_by_a_label_that_one_side_lacks()
    {
        var errors = new MeasureSeries.Errors(Side("c", "path=a"), SeriesTable.Empty, Side("s", "route=a"), SeriesTable.Empty) { By = ["route"] };
        var buckets = new MeasureSeries.Buckets(Side("c", "route=a,le=+Inf"), Side("s", "path=a,le=+Inf")) { By = ["route"] };

        Assert.Equal("the sides can't be compared by the label route: the series of canary don't have it; they have path", LookCounting.Count(errors, Look(60 * Second, accepted: 30 * Second)).Detail);
        Assert.Equal("the sides can't be compared by the label route: the series of stable don't have it; they have path", LookCounting.Count(buckets, Look(60 * Second, accepted: 30 * Second)).Detail);
    }

    private static SeriesTable Side(string pod, string labels) => Table(Series($"pod={pod},{labels}", 0, 10 * Second, Hundred));

    private static MeasureSeries.Errors Errors(SeriesTable canary, SeriesTable stable) => new(canary, SeriesTable.Empty, stable, SeriesTable.Empty) { Needed = StatusCode };
}
