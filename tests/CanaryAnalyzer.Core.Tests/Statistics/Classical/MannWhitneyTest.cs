namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>The test of Mann and Whitney: does a value of the first sample tend to exceed one of the second? Its statistic U counts the pairs in which it does, ties half.</summary>
internal static class MannWhitneyTest
{
    /// <summary>The exact test, for samples without ties up to some 50 values each.</summary>
    public static TestResult Exact(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative)
    {
        var u = Ranks.Of(x, y).First - (x.Length * (x.Length + 1) / 2.0);
        var probabilities = Distribution(x.Length, y.Length);
        var (atMost, atLeast) = (Sum(probabilities, 0, (int)Math.Floor(u + 1e-9)), Sum(probabilities, (int)Math.Ceiling(u - 1e-9), probabilities.Length - 1));
        return new(u, alternative switch
        {
            Alternative.Greater => atLeast,
            Alternative.Less => atMost,
            _ => Math.Min(1, 2 * Math.Min(atMost, atLeast)),
        });
    }

    /// <summary>The test by the normal approximation, corrected for ties.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample.</param>
    /// <param name="alternative">What to look for.</param>
    /// <param name="continuity">Whether to correct by half a step towards the mean, as U takes steps.</param>
    public static TestResult Normal(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative, bool continuity)
    {
        var ranks = Ranks.Of(x, y);
        var u = ranks.First - (x.Length * (x.Length + 1) / 2.0);
        var difference = u - (x.Length * (double)y.Length / 2);
        var deviation = Deviation(x.Length, y.Length, ranks.Ties);
        if (!(deviation > 0))
            return new(u, 1);
        var correction = !continuity ? 0 : alternative switch
        {
            Alternative.Greater => 0.5,
            Alternative.Less => -0.5,
            _ => 0.5 * Math.Sign(difference),
        };
        return new(u, NormalTail.P((difference - correction) / deviation, alternative));
    }

    /// <summary>Standard deviation of U where both samples are alike.</summary>
    internal static double Deviation(double m, double n, double ties) => Math.Sqrt(m * n / 12 * (m + n + 1 - (ties / ((m + n) * (m + n - 1)))));

    /// <summary>P(U = u) where both samples are alike and without ties.</summary>
    internal static double[] Distribution(int m, int n)
    {
        // Ways to choose k of the ranks seen so far with a given sum of what they exceed; scaled to probabilities at the end.
        var ways = new double[m + 1][];
        for (var k = 0; k <= m; k++)
            ways[k] = new double[(m * n) + 1];
        ways[0][0] = 1;
        for (var rank = 0; rank < m + n; rank++)
        {
            for (var k = Math.Min(m, rank + 1); k >= 1; k--)
            {
                var exceeded = rank - k + 1;
                if (exceeded > n)
                    continue;
                for (var u = exceeded; u <= m * n; u++)
                    ways[k][u] += ways[k - 1][u - exceeded];
            }
        }

        var all = ways[m].Sum();
        return [.. ways[m].Select(w => w / all)];
    }

    private static double Sum(double[] probabilities, int from, int to)
    {
        var sum = 0.0;
        for (var i = Math.Max(from, 0); i <= Math.Min(to, probabilities.Length - 1); i++)
            sum += probabilities[i];
        return Math.Min(sum, 1);
    }
}
