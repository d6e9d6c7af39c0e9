namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>The z-test of two proportions, with pooled variance and without continuity correction.</summary>
internal static class ProportionTest
{
    /// <summary>The test; its statistic is z, 0 where the samples say nothing.</summary>
    /// <param name="x1">Positive outcomes in the first sample.</param>
    /// <param name="n1">Size of the first sample.</param>
    /// <param name="x2">Positive outcomes in the second sample.</param>
    /// <param name="n2">Size of the second sample.</param>
    /// <param name="alternative">What to look for.</param>
    public static TestResult Of(double x1, double n1, double x2, double n2, Alternative alternative)
    {
        var pooled = (x1 + x2) / (n1 + n2);
        var deviation = Math.Sqrt(pooled * (1 - pooled) * ((1 / n1) + (1 / n2)));
        var z = deviation > 0 && double.IsFinite(deviation) ? ((x1 / n1) - (x2 / n2)) / deviation : 0;
        return new(z, NormalTail.P(z, alternative));
    }
}
