using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>Counts apart by route: each route is compared with itself.</summary>
public sealed class StrataTests
{
    [Fact]
    public void Another_mix_of_routes_doesnt_convict()
    {
        // Simpson: on each route the canary fails as often as stable, but it serves more of the route that fails.
        var checkout = Stream.Counts(900, 45, 1000, 50);
        var browse = Stream.Counts(100, 0, 9000, 9);
        var apart = Together(checkout, browse);
        Assert.Equal(JudgeVerdict.Rollback, new Stream(Stream.Errors).Until(60, apart with { Strata = [] }).Verdict);

        var stream = new Stream(Stream.Errors with { Promote = PromoteWhen.AtEnd });
        var result = stream.Until(60, apart);
        Assert.NotEqual(JudgeVerdict.Rollback, result.Verdict);
        Assert.True(result.Report.LogEvidence < 0);
        Assert.InRange(result.Report.Measures[0].Ratio!.Value, 0.9, 1.1);
    }

    [Fact]
    public void Harm_on_one_route_is_found_that_the_sums_hide()
    {
        var checkout = Stream.Counts(100, 20, 9000, 450);
        var browse = Stream.Counts(900, 1, 1000, 1);
        var apart = Together(checkout, browse);
        Assert.NotEqual(JudgeVerdict.Rollback, new Stream(Stream.Errors).Until(60, apart with { Strata = [] }).Verdict);
        Assert.Equal(JudgeVerdict.Rollback, new Stream(Stream.Errors).Until(60, apart).Verdict);
    }

    [Fact]
    public void Routes_may_come_and_go()
    {
        var one = Stream.Counts(300, 1, 2700, 9);
        var stream = new Stream(Stream.Errors);
        stream.Look(Together(one));
        stream.Look(Together(one, one, one));
        stream.Look(Together());
        var report = stream.Look(Together(one, one)).Report;
        Assert.Equal(new SideTotals(1800, 6), report.Measures[0].Canary);
        Assert.True(JudgeState.TryRead(stream.State.Write(), Stream.Errors, out var read, out _));
        Assert.Equal(stream.State.Write(), read!.Write());
    }

    [Fact]
    public void A_single_stratum_is_the_same_as_none()
    {
        var counts = Stream.Counts(300, 4, 2700, 9);
        var (with, without) = (new Stream(Stream.Errors), new Stream(Stream.Errors));
        for (var look = 0; look < 10; look++)
            Assert.Equal(without.Look(counts).Report.LogEvidence, with.Look(Together(counts)).Report.LogEvidence, 1e-12);
    }

    [Fact]
    public void Latency_is_compared_apart_as_well()
    {
        var slow = Stream.Slow([10, 90, 200, 300, 200, 100], [5, 45, 100, 150, 100, 50]);
        var fast = Stream.Slow([90, 9, 1, 0, 0, 0], [4050, 405, 45, 0, 0, 0]);
        var apart = new MeasureCounts(Sum(slow.Canary, fast.Canary), Sum(slow.StableA, fast.StableA), Sum(slow.StableB, fast.StableB)) { BucketBounds = Stream.Bounds, Strata = [slow, fast] };
        Assert.Equal(JudgeVerdict.Rollback, new Stream(Stream.Latency).Until(60, apart with { Strata = [] }).Verdict);
        var result = new Stream(Stream.Latency with { Promote = PromoteWhen.AtEnd }).Until(60, apart);
        Assert.NotEqual(JudgeVerdict.Rollback, result.Verdict);
        Assert.True(result.Report.LogEvidence < 0);
    }

    [Fact]
    public void A_stratum_whose_buckets_dont_fit_makes_a_look_without_data()
    {
        var good = Stream.Slow([10, 10, 10, 1, 1, 1], [10, 10, 10, 1, 1, 1]);
        var stream = new Stream(Stream.Latency);
        stream.Look(good);
        Assert.False(stream.Look(good with { Strata = [good, good with { BucketBounds = [0.05, 0.1, 0.3, 0.5, 1] }] }).Report.Measures[0].HasData);
    }

    private static SideCounts Sum(SideCounts a, SideCounts b) => SideCounts.OfBuckets([.. a.Buckets.Zip(b.Buckets, (x, y) => x + y)]);

    private static MeasureCounts Together(params ImmutableArray<MeasureCounts> strata) => new(
        SideCounts.OfErrors(strata.Sum(s => s.Canary.Requests), strata.Sum(s => s.Canary.Errors)),
        SideCounts.OfErrors(strata.Sum(s => s.StableA.Requests), strata.Sum(s => s.StableA.Errors)),
        SideCounts.OfErrors(strata.Sum(s => s.StableB.Requests), strata.Sum(s => s.StableB.Errors))) { Strata = strata };
}
