using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>
/// The ratios of canary to stable that the data have not refuted, at any number of looks: each ratio of the grid is tested against a mixture of all larger ones
/// (for the lower end) and of all smaller ones (for the upper end), whose e-values follow from one likelihood a ratio.
/// </summary>
/// <param name="Low">The largest ratio that is refuted from below; null: none is.</param>
/// <param name="High">The smallest ratio that is refuted from above; null: none is.</param>
internal readonly record struct RatioInterval(double? Low, double? High)
{
    // Alternatives near a ratio get more of the stake than those far off, since the end of an interval is near where the data are.
    private const double Nearness = 0.85;

    /// <summary>The interval from the log-likelihoods of the settings' ratios.</summary>
    public static RatioInterval Of(ReadOnlySpan<float> likelihood, SeqSettings settings)
    {
        var ratios = settings.IntervalRatios;
        var threshold = Math.Log(1 / settings.IntervalError);
        double? low = null, high = null;
        var (larger, smaller) = (double.NegativeInfinity, double.NegativeInfinity);

        // The mixture of all beyond a ratio is its neighbour's likelihood, and what is beyond that, a little less near.
        for (var i = ratios.Length - 2; i >= 0; i--)
        {
            larger = Logarithms.Add(likelihood[i + 1], Math.Log(Nearness) + larger);
            if (low is null && larger - Stakes(ratios.Length - 1 - i) - likelihood[i] >= threshold)
                low = ratios[i];
        }

        for (var i = 1; i < ratios.Length; i++)
        {
            smaller = Logarithms.Add(likelihood[i - 1], Math.Log(Nearness) + smaller);
            if (high is null && smaller - Stakes(i) - likelihood[i] >= threshold)
                high = ratios[i];
        }

        return new(low, high);
    }

    /// <summary>The ratio that the data speak for most, between the grid's points; null where they say nothing.</summary>
    public static double? Likeliest(ReadOnlySpan<float> likelihood, SeqSettings settings)
    {
        var best = 0;
        for (var i = 1; i < likelihood.Length; i++)
        {
            if (likelihood[i] > likelihood[best])
                best = i;
        }

        if (best == 0 || best == likelihood.Length - 1)
            return null;
        double left = likelihood[best - 1], middle = likelihood[best], right = likelihood[best + 1];
        var curvature = left - (2 * middle) + right;
        var step = Math.Log(settings.IntervalRatios[1] / settings.IntervalRatios[0]);
        return curvature < 0 ? settings.IntervalRatios[best] * Math.Exp(step * 0.5 * (left - right) / curvature) : null;
    }

    private static double Stakes(int count) => Math.Log((1 - Math.Pow(Nearness, count)) / (1 - Nearness));
}
