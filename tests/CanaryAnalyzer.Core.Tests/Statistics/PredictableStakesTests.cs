using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Tests.Statistics;

public sealed class PredictableStakesTests
{
    private static readonly double[] Defaults = [.25, .25, .20, .12, .08, .06, .04];

    public static TheoryData<double[], double, double[]> Reference => new()
    {
        { [.01, .1, .5, 1, 3, 8, 40], 60, [0.025, 0.1794815731373, 0.2661893443281, 0.2490611495527, 0.2118106556719, 0.06445727730991, 0.004] },
        { [1e-14, .001, .02, .2, .6, .4, 9], 60, [0.025, 0.025, 0.05325049388082, 0.1906038722428, 0.153353378362, 0.2773961277572, 0.2753961277572] },
        { [3, 4, 5, 6, 7, 8, 9], 6, [0.6808806257547, 0.2059780762298, 0.08314129801548, 0.012, 0.008, 0.006, 0.004] },
    };

    [Theory]
    [MemberData(nameof(Reference))]
    public void Ordered_equals_the_reference_and_sums_to_one(double[] growth, double looks, double[] expected)
    {
        var weights = new double[growth.Length];
        new PredictableStakes(7, 1.5, Math.Max(0.75 * looks, 3), 0.1).Ordered(growth, Defaults, weights);
        for (var i = 0; i < weights.Length; i++)
            Assert.Equal(expected[i], weights[i], 1e-11);
        Assert.Equal(1, weights.Sum(), 1e-12);
    }
}
