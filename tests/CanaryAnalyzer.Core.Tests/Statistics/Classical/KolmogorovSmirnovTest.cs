namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>The two-sided test of Kolmogorov and Smirnov of two samples; its statistic is the largest distance of their distribution functions.</summary>
internal static class KolmogorovSmirnovTest
{
    private const double Rounding = 1e-9;

    /// <summary>The test.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample.</param>
    /// <param name="exact">Whether to count all orders (ties are kept), or to take the limit for large samples.</param>
    public static TestResult Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool exact)
    {
        var ends = Ends(x, y, out var distance);
        double m = x.Length, n = y.Length;
        return new(distance, exact ? 1 - BelowExactly(x.Length, y.Length, distance, ends) : Limit(distance * Math.Sqrt(m * n / (m + n))));
    }

    /// <summary>For each number of the smallest values whether a new value comes after them: only there the functions can be compared.</summary>
    private static bool[] Ends(ReadOnlySpan<double> x, ReadOnlySpan<double> y, out double distance)
    {
        var (first, second) = (x.ToArray(), y.ToArray());
        Array.Sort(first);
        Array.Sort(second);
        var ends = new bool[x.Length + y.Length + 1];
        distance = 0;
        for (int i = 0, j = 0; i < first.Length || j < second.Length;)
        {
            var value = i == first.Length ? second[j] : j == second.Length ? first[i] : Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] <= value)
                i++;
            while (j < second.Length && second[j] <= value)
                j++;
            ends[i + j] = true;
            distance = Math.Max(distance, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return ends;
    }

    // P(D < distance): the share of the paths through the grid of both samples that never come so far from the diagonal.
    private static double BelowExactly(int m, int n, double distance, bool[] ends)
    {
        var paths = new double[n + 1];
        paths[0] = 1;
        for (var i = 0; i <= m; i++)
        {
            for (var j = 0; j <= n; j++)
            {
                if (i + j == 0)
                    continue;

                // Scaled at each step by the chance of it, which keeps the numbers small.
                var left = j > 0 ? paths[j - 1] * j / (i + j) : 0;
                var above = i > 0 ? paths[j] * i / (i + j) : 0;
                var isFar = ends[i + j] && Math.Abs(((double)i / m) - ((double)j / n)) >= distance - Rounding;
                paths[j] = isFar ? 0 : left + above;
            }
        }

        return paths[n];
    }

    private static double Limit(double z)
    {
        if (z < 0.2)
            return 1;
        var sum = 0.0;
        for (var k = 1; k <= 100; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * z * z);
        return Math.Clamp(sum, 0, 1);
    }
}
