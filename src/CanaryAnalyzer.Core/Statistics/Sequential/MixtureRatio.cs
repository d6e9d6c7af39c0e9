namespace CanaryAnalyzer.Core.Statistics.Sequential;

/// <summary>The mixture sequential probability ratio test (Robbins; Johari and others) of a difference of means that is normal with known variance.</summary>
public static class MixtureRatio
{
    /// <summary>Logarithm of √(V/(V+tau²)) · exp(tau² d² / (2 V (V+tau²))), against "the difference is 0".</summary>
    /// <param name="difference">The difference d so far.</param>
    /// <param name="variance">Its variance V; &gt; 0.</param>
    /// <param name="tau">Standard deviation of the differences that are mixed over.</param>
    public static double Log(double difference, double variance, double tau)
    {
        var wide = variance + (tau * tau);
        return (0.5 * Math.Log(variance / wide)) + (tau * tau * difference * difference / (2 * variance * wide));
    }
}
