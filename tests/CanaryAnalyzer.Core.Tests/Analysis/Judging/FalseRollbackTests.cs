using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>Simulated releases with fixed seeds: how often the judge is wrong over all looks of a run.</summary>
public sealed class FalseRollbackTests
{
    private const int Runs = 400;
    private static readonly double[] Shares = [0.20, 0.40, 0.25, 0.10, 0.04, 0.01];

    [Theory]
    [InlineData(1, 0.01, 300, 2700, JudgeVersions.Seq1)]
    [InlineData(2, 0.001, 3000, 3000, JudgeVersions.Seq1)]
    [InlineData(3, 0.05, 30, 2970, JudgeVersions.Seq1)]
    [InlineData(1, 0.01, 300, 2700, JudgeVersions.Seq2)]
    [InlineData(2, 0.001, 3000, 3000, JudgeVersions.Seq2)]
    [InlineData(3, 0.05, 30, 2970, JudgeVersions.Seq2)]
    public void Unchanged_version_is_rolled_back_in_at_most_the_promised_share(int seed, double errorRate, int canary, int stable, string version)
    {
        var random = new Random(seed);
        var rolledBack = Enumerable.Range(0, Runs).Count(_ => Run(random, errorRate, errorRate, canary, stable, version) == JudgeVerdict.Rollback);

        // P(X > 10) = 0.3 % for X ~ Binomial(400, 1 %): more would refute the promised 1 %.
        Assert.InRange(rolledBack, 0, 10);
    }

    [Fact]
    public void Five_times_as_many_errors_are_found_in_every_run()
    {
        var random = new Random(4);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(JudgeVerdict.Rollback, Run(random, 0.05, 0.01, 300, 2700)));
    }

    [Theory]
    [InlineData(0.01, JudgeVersions.Seq1, PromoteWhen.WhenSafe)]
    [InlineData(0.01, JudgeVersions.Seq2, PromoteWhen.WhenSafe)]
    [InlineData(0.001, JudgeVersions.Seq2, PromoteWhen.WhenSafe)]
    [InlineData(0.001, JudgeVersions.Seq2, PromoteWhen.AtEnd)]
    public void Harmful_line_itself_is_promoted_in_at_most_the_promised_share(double rate, string version, PromoteWhen promote)
    {
        var random = new Random(5);
        var promoted = Enumerable.Range(0, 200).Count(_ => Run(random, (1.5 * rate) + 0.001, rate, 300, 2700, version, promote) == JudgeVerdict.Promote);

        // P(X > 20) = 0.05 % for X ~ Binomial(200, 5 %).
        Assert.InRange(promoted, 0, 20);
    }

    private static JudgeVerdict Run(
        Random random, double canaryRate, double stableRate, int canary, int stable, string version = JudgeVersions.Default, PromoteWhen promote = PromoteWhen.WhenSafe)
    {
        var stream = new Stream(Stream.Both with { Version = version, Promote = promote });
        var result = stream.Look(Errors(random, canaryRate, stableRate, canary, stable), Latency(random, canary, stable));
        while (result.Verdict == JudgeVerdict.Continue)
            result = stream.Look(Errors(random, canaryRate, stableRate, canary, stable), Latency(random, canary, stable));
        return result.Verdict;
    }

    private static MeasureCounts Errors(Random random, double canaryRate, double stableRate, int canary, int stable) => new(
        SideCounts.OfErrors(canary, RandomCounts.Binomial(random, canary, canaryRate)),
        SideCounts.OfErrors(stable / 2, RandomCounts.Binomial(random, stable / 2, stableRate)),
        SideCounts.OfErrors(stable / 2, RandomCounts.Binomial(random, stable / 2, stableRate)));

    private static MeasureCounts Latency(Random random, int canary, int stable) => RandomCounts.Latency(random, canary, stable, Shares, Shares);
}
