using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>Versions whose histograms have other bounds than the stable version's past had.</summary>
public sealed class ChangedBucketsTests
{
    private static readonly SideCounts Half = SideCounts.OfBuckets([600, 1000, 300, 80, 16, 4]);
    private static readonly MeasureHistory History = new([.. Enumerable.Repeat(new AaInterval(Half, Half), 30)], Stream.Bounds);

    public static TheoryData<string, double> Dropped() => [.. from version in JudgeVersions.All from bound in Stream.Bounds select (version, bound)];

    [Theory]
    [MemberData(nameof(Dropped))]
    public void A_bound_that_the_new_version_lacks_is_given_up_and_the_rest_is_judged(string version, double dropped)
    {
        var good = new Stream(Stream.Latency with { Version = version }, History).Until(60, Without(dropped, [300, 500, 150, 40, 8, 2]));
        Assert.Equal((JudgeVerdict.Promote, VerdictReason.Safe), (good.Verdict, good.Report.Reason));

        var slow = new Stream(Stream.Latency with { Version = version }, History).Until(60, Without(dropped, [200, 400, 150, 150, 60, 40]));
        Assert.Equal(JudgeVerdict.Rollback, slow.Verdict);
    }

    [Fact]
    public void No_common_bound_is_never_a_verdict()
    {
        var counts = Stream.Slow([300, 500, 150, 40, 8, 2], [600, 1000, 300, 80, 16, 4]) with { BucketBounds = [0.06, 0.11, 0.26, 0.51, 1.1] };
        var stream = new Stream(Stream.Latency with { MaxDuration = TimeSpan.FromMinutes(5) }, History);
        Assert.Equal((JudgeVerdict.Inconclusive, VerdictReason.NoData), (stream.Until(60, counts).Verdict, stream.Until(1, counts).Report.Reason));
        Assert.Equal(Stream.Bounds, stream.State.MissingBounds(0, counts));
    }

    [Fact]
    public void An_unwatched_bound_that_vanishes_in_the_middle_changes_no_evidence_of_the_tails()
    {
        var whole = new Stream(Stream.Latency, History);
        var coarser = new Stream(Stream.Latency, History);
        for (var look = 1; look <= 6; look++)
        {
            whole.Look(Without(double.NaN, [300, 490, 150, 40, 12, 8]));
            coarser.Look(Without(look <= 3 ? double.NaN : 0.1, [300, 490, 150, 40, 12, 8]));
        }

        var (tails, others) = (Tails(whole), Tails(coarser));
        Assert.NotEmpty(tails);
        Assert.Equal(tails, others);
    }

    [Fact]
    public void A_watched_bound_that_vanishes_in_the_middle_leaves_the_look_without_data_until_it_comes_back()
    {
        var stream = new Stream(Stream.Latency, History);
        ImmutableArray<long> canary = [300, 500, 150, 40, 8, 2];
        stream.Until(4, Without(double.NaN, canary));
        var before = stream.State.Write();

        var lacking = Without(0.25, canary);
        Assert.Equal([0.25], stream.State.MissingBounds(0, lacking));
        var look = stream.Look(lacking);
        Assert.Equal((JudgeVerdict.Continue, VerdictReason.NoData), (look.Verdict, look.Report.Reason));
        Assert.True(JudgeState.TryRead(before, Stream.Latency, out var kept, out _));
        Assert.Equal(
            SequentialJudge.Look(kept!, new LookInput(5, TimeSpan.FromSeconds(150), [null]), Stream.Latency).State.Write(),
            stream.State.Write());
        Assert.Empty(stream.State.MissingBounds(0, Without(double.NaN, canary)));
        Assert.True(stream.Look(Without(double.NaN, canary)).Report.Measures[0].HasData);
    }

    [Fact]
    public void A_state_with_fewer_bounds_goes_on_from_its_text_with_the_same_numbers()
    {
        var stream = new Stream(Stream.Latency, History);
        var counts = Without(0.25, [300, 480, 150, 50, 12, 8]);
        for (var look = 1; look <= 5; look++)
            stream.Look(counts);
        Assert.True(JudgeState.TryRead(stream.State.Write(), Stream.Latency, out var read, out var problem), problem);
        var input = new LookInput(6, TimeSpan.FromSeconds(180), [counts]);
        Assert.Equal(SequentialJudge.Look(stream.State, input, Stream.Latency).State.Write(), SequentialJudge.Look(read!, input, Stream.Latency).State.Write());
    }

    /// <summary>Counts over the bounds without one of them; NaN drops none. Stable is as its past.</summary>
    private static MeasureCounts Without(double dropped, ImmutableArray<long> canary)
    {
        var all = Stream.Slow(canary, [600, 1000, 300, 80, 16, 4]);
        var at = Stream.Bounds.IndexOf(dropped);
        if (at < 0)
            return all;
        SideCounts Fold(SideCounts side) => SideCounts.OfBuckets(side.Buckets.SetItem(at + 1, side.Buckets[at] + side.Buckets[at + 1]).RemoveAt(at));
        return new MeasureCounts(Fold(all.Canary), Fold(all.StableA), Fold(all.StableB)) { BucketBounds = Stream.Bounds.RemoveAt(at) };
    }

    private static List<double> Tails(Stream stream)
    {
        var parts = new List<Core.Analysis.Judging.Deciding.HarmPart>();
        stream.State.Measures[0].AddParts(0, parts);
        return [.. parts.SkipLast(2).Select(part => part.Log)];
    }
}
