using System.Collections.Immutable;
using MathNet.Numerics.Distributions;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>
/// How the values of pods of one version scatter: each pod against the mean of all at the same time, as logarithm of the ratio, or as difference where values can
/// be 0 or below.
/// </summary>
/// <param name="IsPlain">Whether differences are meant instead of logarithms of ratios.</param>
/// <param name="Spread">Standard deviation of a pod's values around its own mean, pooled over the pods; &gt; 0.</param>
/// <param name="Correlation">Integrated autocorrelation time in intervals, at least 1: 1 + 2 Σ rho_k, up to the first rho_k ≤ 0.05, at most 30 lags.</param>
/// <param name="PodSpread">Standard deviation of the pods' means: differences that last.</param>
/// <param name="Pods">Number of pods, at least 2.</param>
public sealed record SeriesNoise(bool IsPlain, double Spread, double Correlation, double PodSpread, int Pods)
{
    private const int MostLags = 30;
    private const double Negligible = 0.05;

    /// <summary>By how much one further pod's mean may lie above that of all without being unusual (99 %): t(0.99, pods - 1) · sd · √(1 + 1/pods).</summary>
    public double PodMargin => StudentT.InvCDF(0, 1, Pods - 1, 0.99) * PodSpread * Math.Sqrt(1 + (1.0 / Pods));

    /// <summary>Standard deviation of one further pod's value against the mean of all.</summary>
    public double Scale => Spread * Math.Sqrt(1 + (1.0 / Pods));

    /// <summary>The noise of some history; null where it doesn't show any: fewer than two pods, too few or no finite values, or values that never change.</summary>
    /// <param name="pods">Values a pod, oldest first, all of one length.</param>
    /// <param name="leastPoints">How many values a pod are needed.</param>
    public static SeriesNoise? Of(ImmutableArray<ImmutableArray<double>> pods, int leastPoints)
    {
        if (pods.IsDefault || pods.Length < 2 || pods.Any(p => p.Length < leastPoints || p.Length != pods[0].Length || p.Any(x => !double.IsFinite(x))))
            return null;
        var isPlain = pods.Any(p => p.Any(x => x <= 0));
        var scores = Scores(pods, isPlain);
        var means = new double[pods.Length];
        for (var p = 0; p < means.Length; p++)
        {
            means[p] = scores[p].Average();
            for (var t = 0; t < scores[p].Length; t++)
                scores[p][t] -= means[p];
        }

        var variance = MeanProduct(scores, 0);
        if (!(variance > 0) || !double.IsFinite(variance))
            return null;
        return new(isPlain, Math.Sqrt(variance), Autocorrelation(scores, variance), StandardDeviation(means), pods.Length);
    }

    private static double[][] Scores(ImmutableArray<ImmutableArray<double>> pods, bool isPlain)
    {
        var scores = pods.Select(p => new double[p.Length]).ToArray();
        for (var t = 0; t < pods[0].Length; t++)
        {
            var mean = 0.0;
            foreach (var pod in pods)
                mean += pod[t] / pods.Length;
            for (var p = 0; p < scores.Length; p++)
                scores[p][t] = isPlain ? pods[p][t] - mean : Math.Log(pods[p][t] / mean);
        }

        return scores;
    }

    private static double Autocorrelation(double[][] scores, double variance)
    {
        var sum = 1.0;
        for (var lag = 1; lag <= Math.Min(MostLags, scores[0].Length - 1); lag++)
        {
            var correlation = MeanProduct(scores, lag) / variance;
            if (correlation <= Negligible)
                break;
            sum += 2 * correlation;
        }

        return sum;
    }

    private static double MeanProduct(double[][] scores, int lag)
    {
        var sum = 0.0;
        foreach (var pod in scores)
        {
            for (var t = lag; t < pod.Length; t++)
                sum += pod[t] * pod[t - lag];
        }

        return sum / (scores.Length * (scores[0].Length - lag));
    }

    private static double StandardDeviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
