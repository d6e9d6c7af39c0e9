using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// The ratios of canary to stable that the data have not refuted, at any number of looks: each ratio of the grid is tested against a mixture of all larger ones
/// (for the lower end) and of all smaller ones (for the upper end), whose e-values follow from one likelihood a ratio.
/// </summary>
/// <param name="Low">The largest ratio that is refuted from below; null: none is.</param>
/// <param name="High">The smallest ratio that is refuted from above; null: none is.</param>
internal sealed record RatioInterval(double? Low, double? High)
{
    // Alternatives near a ratio get more of the stake than those far off, since the end of an interval is near where the data are.
    private const double Nearness = 0.85;

    /// <summary>The interval from the log-likelihoods of <see cref="SeqSettings.IntervalRatios"/>.</summary>
    public static RatioInterval Of(ImmutableArray<float> likelihood)
    {
        var ratios = SeqSettings.IntervalRatios;
        var threshold = Math.Log(1 / SeqSettings.IntervalError);
        double? low = null, high = null;
        for (var i = 0; i < ratios.Length - 1; i++)
        {
            if (LogE(likelihood, i, 1) >= threshold)
                low = ratios[i];
        }

        for (var i = ratios.Length - 1; i > 0; i--)
        {
            if (LogE(likelihood, i, -1) >= threshold)
                high = ratios[i];
        }

        return new(low, high);
    }

    private static double LogE(ImmutableArray<float> likelihood, int at, int direction)
    {
        var count = direction > 0 ? likelihood.Length - 1 - at : at;
        var terms = new double[count];
        var all = (1 - Math.Pow(Nearness, count)) / (1 - Nearness);
        for (var d = 0; d < count; d++)
            terms[d] = (d * Math.Log(Nearness)) - Math.Log(all) + likelihood[at + (direction * (d + 1))];
        return Logarithms.Sum(terms) - likelihood[at];
    }
}
