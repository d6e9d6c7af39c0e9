namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Quantiles of a histogram, as Prometheus' <c>histogram_quantile</c> gives them for classic buckets.</summary>
public static class HistogramQuantile
{
    /// <summary>The quantile, by linear interpolation within its bucket; the highest bound where it lies in the bucket of +Inf; NaN without counts.</summary>
    /// <param name="bounds">Upper bounds of the buckets, ascending, without +Inf; at least one.</param>
    /// <param name="counts">Counts a bucket, the last one that of +Inf.</param>
    /// <param name="q">The quantile, in [0, 1].</param>
    public static double Of(ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double q)
    {
        var total = 0.0;
        foreach (var count in counts)
            total += count;
        if (total <= 0)
            return double.NaN;

        var rank = q * total;
        var below = 0.0;
        for (var b = 0; b < bounds.Length; b++)
        {
            if (below + counts[b] >= rank && counts[b] > 0)
            {
                var lower = b > 0 ? bounds[b - 1] : Math.Min(bounds[0], 0);
                return lower + ((bounds[b] - lower) * (rank - below) / counts[b]);
            }

            below += counts[b];
        }

        return bounds[^1];
    }
}
