using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>A part of something, with its exact 95 % interval.</summary>
/// <param name="Count">How many of them.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record Proportion(int Count, int Of, double Low, double High)
{
    /// <summary>The part; 0 of nothing.</summary>
    public double Rate => Of > 0 ? (double)Count / Of : 0;

    /// <summary>A part of independent trials (Clopper and Pearson).</summary>
    public static Proportion Independent(int count, int of)
    {
        var (low, high) = BinomialInterval.ClopperPearson(count, of);
        return new Proportion(count, of, low, high);
    }

    /// <summary>
    /// A part of trials in clusters, here splits of the same window, which resemble each other: the exact interval for the effective number of trials (Korn and
    /// Graubard 1998, https://www150.statcan.gc.ca/n1/pub/12-001-x/1998002/article/4356-eng.pdf). Where nothing or everything is counted a cluster is one trial.
    /// </summary>
    /// <param name="clusters">For each cluster how many count, of how many.</param>
    public static Proportion Clustered(IReadOnlyList<(int Count, int Of)> clusters)
    {
        var (count, of) = (clusters.Sum(cluster => cluster.Count), clusters.Sum(cluster => cluster.Of));
        if (of == 0 || of == clusters.Count) return Independent(count, of);
        var rate = (double)count / of;
        double effective = clusters.Count;
        if (count > 0 && count < of && clusters.Count > 1)
        {
            var between = clusters.Sum(cluster => Math.Pow(cluster.Count - (rate * cluster.Of), 2)) * clusters.Count / (clusters.Count - 1.0) / of / of;
            effective = Math.Clamp(rate * (1 - rate) / Math.Max(between, 1e-12), Math.Min(clusters.Count, of), of);
        }

        var (low, high) = BinomialInterval.ClopperPearson(rate * effective, effective);
        return new Proportion(count, of, low, high);
    }
}
