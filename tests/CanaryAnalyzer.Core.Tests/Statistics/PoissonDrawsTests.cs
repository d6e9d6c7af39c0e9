using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class PoissonDrawsTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(7)]
    [InlineData(4000)]
    public void Mean_and_variance_are_those_of_the_distribution(double mean)
    {
        var draws = new PoissonDraws(1);
        var numbers = Enumerable.Range(0, 20_000).Select(_ => (double)draws.Next(mean)).ToList();

        var average = numbers.Average();
        var variance = numbers.Sum(number => (number - average) * (number - average)) / (numbers.Count - 1);
        Assert.InRange(average / mean, 0.97, 1.03);
        Assert.InRange(variance / mean, 0.93, 1.07);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(1e12, 1_000_000_000_000)]
    public void Nothing_and_very_much_are_themselves(double mean, long expected) => Assert.Equal(expected, new PoissonDraws(1).Next(mean));

    [Fact]
    public void Seed_decides_the_sequence()
    {
        var (one, other, third) = (new PoissonDraws(5), new PoissonDraws(5), new PoissonDraws(6));
        long[] Of(PoissonDraws draws) => [.. Enumerable.Range(0, 20).Select(_ => draws.Next(50))];

        var first = Of(one);

        Assert.Equal(first, Of(other));
        Assert.NotEqual(first, Of(third));
    }
}
