namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>A distribution in two numbers.</summary>
/// <param name="Median">The median.</param>
/// <param name="P90">The 90th percentile.</param>
public sealed record Spread(double Median, double P90)
{
    /// <summary>The distribution of some numbers; null where there are none.</summary>
    public static Spread? Of(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted.Length == 0 ? null : new Spread(Quantile(sorted, 0.5), Quantile(sorted, 0.9));
    }

    /// <summary>A quantile of ascending numbers, the smallest that is not below that part of them.</summary>
    /// <param name="sorted">The numbers, at least one.</param>
    /// <param name="q">The part, in [0, 1].</param>
    public static double Quantile(IReadOnlyList<double> sorted, double q) => sorted[Math.Clamp((int)Math.Ceiling(q * sorted.Count) - 1, 0, sorted.Count - 1)];
}
