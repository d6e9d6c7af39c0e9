using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Testing.Streams;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>Counters of one to four stable pods through counting and judging, with fixed seeds: the noise of clumped errors is seen however few the pods are.</summary>
public sealed class PodStreamTests
{
    private const int Streams = 150;

    public static TheoryData<int, double, double, bool> Harmless() =>
        [.. from pods in new[] { 1, 2, 3, 4 } from like in new[] { (5.0, 0.1), (20.0, 0.1), (5.0, 0.5) } from history in new[] { false, true } where pods == 1 || !history select (pods, like.Item1, like.Item2, history)];

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Harmless_canary_with_clumped_errors_is_rolled_back_in_at_most_the_promised_share(int pods, double clump, double share, bool history)
    {
        var (rolledBack, _) = PodStreamTrial.Of(new(pods, clump, share, history), Streams);

        // P(X > 5) = 0.4 % for X ~ Binomial(150, 1 %).
        Assert.InRange(rolledBack, 0, 5);
    }

    [Fact]
    public void One_pod_with_nearly_all_requests_is_as_good_as_a_single_one()
    {
        var one = Dispersion([(SideCounts.OfErrors(2700, 9), SideCounts.None), (SideCounts.OfErrors(2700, 29), SideCounts.None)]);
        var nearly = Dispersion([(SideCounts.OfErrors(2650, 9), SideCounts.OfErrors(50, 0)), (SideCounts.OfErrors(50, 0), SideCounts.OfErrors(2650, 29))]);
        Assert.Equal(one, nearly);
        Assert.True(one > 4);
        Assert.True(Dispersion([(SideCounts.OfErrors(1350, 5), SideCounts.OfErrors(1350, 4)), (SideCounts.OfErrors(1350, 15), SideCounts.OfErrors(1350, 14))]) < 3);
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 2.5)]
    public void Single_pod_delays_what_is_found_by_little(bool history, double looks)
    {
        var (found, ofOne) = PodStreamTrial.Of(new(1, 1, 0.1, history, 5), 60);
        var (both, ofTwo) = PodStreamTrial.Of(new(2, 1, 0.1, history, 5), 60);
        Assert.Equal((60, 60), (found, both));
        Assert.InRange(ofOne, 1, ofTwo + looks);
    }

    [Fact]
    public void Limit_is_not_overrun_by_clumps()
    {
        var random = new Random(5);
        var now = Enumerable.Range(0, 200).Count(_ => RollsBack(random, 5, JudgeVersions.Seq3));
        var before = Enumerable.Range(0, 200).Count(_ => RollsBack(random, 5, JudgeVersions.Seq2));

        // P(X > 7) = 0.1 % for X ~ Binomial(200, 1 %).
        Assert.InRange(now, 0, 7);
        Assert.True(before > 7);
    }

    // Errors come in clumps, as many on average as the limit of 1 % has it.
    private static bool RollsBack(Random random, double clump, string version)
    {
        var options = Stream.Errors with { Version = version, MaxDuration = null, Measures = [new() { Name = "slo", Kind = MeasureKind.Limit, LimitMax = 0.01 }] };
        var stream = new Stream(options);
        for (var look = 0; look < 60; look++)
        {
            var clumps = RandomCounts.Binomial(random, 1000, 3 / clump / 1000);
            if (stream.Look(new MeasureCounts(SideCounts.OfErrors(300, (long)Math.Min(clumps * clump, 300)), SideCounts.None, SideCounts.None)).Verdict == JudgeVerdict.Rollback)
                return true;
        }

        return false;
    }

    private static double Dispersion((SideCounts A, SideCounts B)[] stable)
    {
        var stream = new Stream(Stream.Errors);
        var last = 0.0;
        foreach (var (a, b) in stable)
            last = stream.Look(new MeasureCounts(SideCounts.OfErrors(300, 1), a, b)).Report.Measures[0].Dispersion;
        return last;
    }
}
