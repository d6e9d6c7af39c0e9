using MathNet.Numerics.Distributions;

namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>Welch's test of two means whose variances may differ.</summary>
/// <param name="T">Its statistic.</param>
/// <param name="DegreesOfFreedom">By Satterthwaite's approximation.</param>
/// <param name="P">The probability of a statistic at least as extreme where the means are alike.</param>
internal readonly record struct WelchTest(double T, double DegreesOfFreedom, double P)
{
    /// <summary>The test; samples of at least two values, not all of them the same.</summary>
    public static WelchTest Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative)
    {
        var (meanX, errorX) = Mean(x);
        var (meanY, errorY) = Mean(y);
        var t = (meanX - meanY) / Math.Sqrt(errorX + errorY);
        var freedom = (errorX + errorY) * (errorX + errorY) / ((errorX * errorX / (x.Length - 1)) + (errorY * errorY / (y.Length - 1)));
        double Below(double value) => StudentT.CDF(0, 1, freedom, value);
        return new(t, freedom, alternative switch
        {
            Alternative.Greater => Below(-t),
            Alternative.Less => Below(t),
            _ => 2 * Below(-Math.Abs(t)),
        });
    }

    private static (double Mean, double SquaredError) Mean(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var value in values)
            mean += value / values.Length;
        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return (mean, squares / (values.Length - 1) / values.Length);
    }
}
