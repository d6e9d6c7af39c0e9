using CanaryAnalyzer.Core.Backtests;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Backtests;

public sealed class DrawsTests
{
    [Fact]
    public void Same_seed_and_purpose_give_the_same_numbers_and_others_give_others()
    {
        double[] Take(Draws draws) => [.. Enumerable.Range(0, 8).Select(_ => draws.Uniform())];
        Assert.Equal(Take(Draws.Of(1, 2, 3)), Take(Draws.Of(1, 2, 3)));
        Assert.Empty(Take(Draws.Of(1, 2, 3)).Intersect(Take(Draws.Of(1, 3, 2))));
        Assert.Empty(Take(Draws.Of(1, 2, 3)).Intersect(Take(Draws.Of(2, 2, 3))));
    }

    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(1000, 0.001)]
    [InlineData(100_000, 0.4)]
    [InlineData(1_000_000, 0.999)]
    public void Binomial_numbers_have_the_mean_and_the_variance_of_the_binomial(long trials, double chance)
    {
        const int many = 20_000;
        var draws = Draws.Of(7);
        var numbers = Enumerable.Range(0, many).Select(_ => (double)draws.Binomial(trials, chance)).ToList();
        var (mean, variance) = (trials * chance, trials * chance * (1 - chance));
        var seen = numbers.Average();
        Assert.InRange(seen, mean - (5 * Math.Sqrt(variance / many)), mean + (5 * Math.Sqrt(variance / many)));
        Assert.InRange(numbers.Sum(number => (number - seen) * (number - seen)) / many / variance, 0.93, 1.07);
        Assert.All(numbers, number => Assert.InRange(number, 0, trials));
    }

    [Theory]
    [InlineData(0, 0.5, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(5, -1, 0)]
    [InlineData(5, 1, 5)]
    [InlineData(5, 7, 5)]
    [InlineData(5, double.NaN, 0)]
    public void Extremes_need_no_chance(long trials, double chance, long expected) => Assert.Equal(expected, BinomialDraw.Of(trials, chance, 0.5));

    [Fact]
    public void Shuffled_items_are_all_there_and_each_comes_first_about_as_often()
    {
        var draws = Draws.Of(3);
        var first = new int[5];
        for (var i = 0; i < 5000; i++)
        {
            var order = draws.Shuffled([0, 1, 2, 3, 4]);
            Assert.Equal([0, 1, 2, 3, 4], order.Order());
            first[order[0]]++;
        }

        Assert.All(first, times => Assert.InRange(times, 880, 1120));
    }
}
