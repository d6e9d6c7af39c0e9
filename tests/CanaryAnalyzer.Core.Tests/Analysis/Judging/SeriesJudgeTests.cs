using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Judging.Gauges;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>Series that aren't counts: with the stable pods' history as yardstick, and without.</summary>
public sealed class SeriesJudgeTests
{
    private static readonly JudgeOptions Memory = new() { Measures = [new() { Name = "memory", Kind = MeasureKind.Series }] };

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 0.9, 0)]
    [InlineData(3, 0.5, 0.1)]
    public void A_canary_like_stable_is_rolled_back_in_at_most_the_promised_share(int seed, double correlation, double podSpread)
    {
        var random = new Random(seed);
        var rolledBack = Enumerable.Range(0, 200).Count(_ => Run(random, correlation, podSpread, 1, 10, out _) == JudgeVerdict.Rollback);

        // P(X > 6) = 0.4 % for X ~ Binomial(200, 1 %).
        Assert.InRange(rolledBack, 0, 6);
    }

    [Fact]
    public void Half_as_much_again_is_found_in_every_run_and_soon()
    {
        var random = new Random(4);
        for (var run = 0; run < 50; run++)
        {
            Assert.Equal(JudgeVerdict.Rollback, Run(random, 0, 0, 1.5, 10, out var look));
            Assert.InRange(look, 2, 6);
        }
    }

    [Fact]
    public void Without_history_it_takes_fourteen_looks()
    {
        var stream = new Stream(Memory);
        var result = stream.Until(60, Values(150, 100));
        Assert.Equal(JudgeVerdict.Rollback, result.Verdict);
        Assert.InRange(stream.Looks, 12, 15);
        Assert.Equal($"rolled back at look {stream.Looks}: memory 150 on canary, 100 on stable: 1.5x; evidence of harm {Evidence(result)}, threshold 100", VerdictSentence.Of(result.Report));
        Assert.False(result.Report.Measures[0].HasHistory);
    }

    [Fact]
    public void A_value_within_the_margin_is_no_harm_however_long_it_lasts()
    {
        var stream = new Stream(Memory);
        Assert.Equal(JudgeVerdict.Inconclusive, stream.Until(60, Values(104, 100)).Verdict);
        Assert.True(stream.Look(Values(104, 100)).Report.LogEvidence < 0);
    }

    [Fact]
    public void Lower_can_be_the_worse_direction()
    {
        var options = Memory with { Measures = [Memory.Measures[0] with { LowerIsWorse = true }] };
        Assert.Equal(JudgeVerdict.Rollback, new Stream(options).Until(60, Values(50, 100)).Verdict);
        Assert.Equal(JudgeVerdict.Inconclusive, new Stream(options).Until(60, Values(150, 100)).Verdict);
        Assert.Equal(JudgeVerdict.Inconclusive, new Stream(Memory).Until(60, Values(50, 100)).Verdict);
    }

    [Fact]
    public void Values_of_zero_and_below_are_compared_by_their_difference()
    {
        Assert.Equal(JudgeVerdict.Rollback, new Stream(Memory).Until(60, Values(5, -1)).Verdict);
        Assert.Equal(JudgeVerdict.Inconclusive, new Stream(Memory).Until(60, Values(0, 0)).Verdict);
    }

    [Fact]
    public void A_first_zero_in_the_middle_keeps_losses_and_loses_gains()
    {
        var worse = new Stream(Memory);
        worse.Until(10, Values(150, 100));
        Assert.True(((SeriesState)worse.State.Measures[0]).LogEvidence > 1);
        worse.Look(Values(0, 100));
        Assert.Equal(0, ((SeriesState)worse.State.Measures[0]).LogEvidence);

        var better = new Stream(Memory);
        better.Until(10, Values(50, 100));
        var lost = ((SeriesState)better.State.Measures[0]).LogEvidence;
        better.Look(Values(0, 100));
        Assert.True(lost < -1);
        Assert.Equal(lost, ((SeriesState)better.State.Measures[0]).LogEvidence);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_no_number_is_no_data(double value)
    {
        var stream = new Stream(Memory);
        var before = stream.Until(5, Values(150, 100)).Report.LogEvidence;
        var report = stream.Look(Values(value, 100)).Report;
        Assert.False(report.Measures[0].HasData);
        Assert.Equal(before, report.LogEvidence);
        Assert.False(stream.Look(new MeasureCounts(SideCounts.None, SideCounts.None, SideCounts.None) { Values = new([], [100]) }).Report.Measures[0].HasData);
        Assert.False(stream.Look((MeasureCounts?)null).Report.Measures[0].HasData);
    }

    [Theory]
    [InlineData(double.MaxValue, double.Epsilon)]
    [InlineData(double.Epsilon, double.MaxValue)]
    [InlineData(double.MaxValue, double.MinValue)]
    public void The_largest_values_there_are_give_finite_evidence(double canary, double stable)
    {
        var stream = new Stream(Memory);
        for (var look = 0; look < 20; look++)
            Assert.True(double.IsFinite(stream.Look(new MeasureCounts(SideCounts.None, SideCounts.None, SideCounts.None) { Values = new([canary], [stable]) }).Report.LogEvidence));
    }

    [Fact]
    public void It_is_never_needed_for_promotion_and_never_promotes_alone()
    {
        var both = Stream.Errors with { Measures = [.. Stream.Errors.Measures, Memory.Measures[0] with { Weight = 0.1 }] };
        Assert.Equal(JudgeVerdict.Promote, new Stream(both).Until(60, Stream.Counts(3000, 0, 9000, 9), null).Verdict);
        Assert.Equal(JudgeVerdict.Inconclusive, new Stream(Memory).Until(60, Values(100, 100)).Verdict);
    }

    [Fact]
    public void The_reported_interval_holds_the_true_ratio()
    {
        var random = new Random(5);
        var missed = 0;
        for (var run = 0; run < 100; run++)
        {
            var (history, next) = Pods(random, 0.5, 0, 1.2, 8);
            var stream = new Stream(Memory with { MaxDuration = null }, history);
            var ever = false;
            for (var look = 0; look < 60; look++)
            {
                var measure = stream.Look(next()).Report.Measures[0];
                ever |= measure.Low > 1.2 || measure.High < 1.2;
                Assert.True(look < 3 || measure is { Low: > 0, High: > 0 });
            }

            missed += ever ? 1 : 0;
        }

        Assert.InRange(missed, 0, 12);
    }

    private static JudgeVerdict Run(Random random, double correlation, double podSpread, double canary, int pods, out int look)
    {
        var (history, next) = Pods(random, correlation, podSpread, canary, pods);
        var stream = new Stream(Memory, history);
        var result = stream.Look(next());
        while (result.Verdict == JudgeVerdict.Continue)
            result = stream.Look(next());
        look = stream.Looks;
        return result.Verdict;
    }

    /// <summary>Pods whose values are log-normal with 10 % noise that may be autocorrelated, and differ for good by <paramref name="podSpread"/>; the canary is one pod.</summary>
    private static (MeasureHistory History, Func<MeasureCounts> Next) Pods(Random random, double correlation, double podSpread, double canary, int pods)
    {
        var offsets = Enumerable.Range(0, pods + 1).Select(_ => podSpread * Normal(random)).ToArray();
        var noise = offsets.Select(_ => 0.1 * Normal(random)).ToArray();
        double[] Step()
        {
            var shared = Math.Exp(0.2 * Normal(random));
            for (var p = 0; p < noise.Length; p++)
                noise[p] = (correlation * noise[p]) + (0.1 * Math.Sqrt(1 - (correlation * correlation)) * Normal(random));
            return [.. noise.Select((n, p) => shared * Math.Exp(n + offsets[p]))];
        }

        var past = Enumerable.Range(0, 120).Select(_ => Step()).ToList();
        var history = MeasureHistory.Empty with { Pods = [.. Enumerable.Range(1, pods).Select(p => past.Select(step => step[p]).ToImmutableArray())] };
        return (history, () => Step() is var now ? Values([now[0] * canary], [.. now[1..]]) : throw new InvalidOperationException());
    }

    private static MeasureCounts Values(double canary, double stable) => Values([canary], [stable, stable]);

    private static MeasureCounts Values(ImmutableArray<double> canary, ImmutableArray<double> stable) =>
        new(SideCounts.None, SideCounts.None, SideCounts.None) { Values = new(canary, stable) };

    private static string Evidence(LookResult result) => Math.Floor(result.Report.Evidence).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
