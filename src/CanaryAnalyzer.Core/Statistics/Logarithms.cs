using MathNet.Numerics;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Sums and small differences of numbers that are kept as natural logarithms.</summary>
public static class Logarithms
{
    /// <summary>ln(1 + x), accurate for small x. The runtime's own <c>double.LogP1</c> is not: it rounds 1 + x first.</summary>
    public static double Log1p(double x) => SpecialFunctions.Log1p(x);

    /// <summary>e^x - 1, accurate for small x.</summary>
    public static double Expm1(double x)
    {
        // Kahan: what rounding does to e^x it does to the logarithm of it, too. MathNet's series is a thousand times less accurate here.
        var y = Math.Exp(x);
        if (y.Equals(1))
            return x;
        return y - 1 <= -1 || double.IsInfinity(y) ? y - 1 : (y - 1) * x / Math.Log(y);
    }

    /// <summary>ln(e^a + e^b); negative infinity stands for 0.</summary>
    public static double Add(double a, double b)
    {
        if (double.IsNegativeInfinity(a))
            return b;
        if (double.IsNegativeInfinity(b))
            return a;
        var larger = Math.Max(a, b);
        return larger + Log1p(Math.Exp(-Math.Abs(a - b)));
    }

    /// <summary>ln of the sum of e^x over all x; negative infinity for none.</summary>
    public static double Sum(ReadOnlySpan<double> logs)
    {
        var largest = double.NegativeInfinity;
        foreach (var x in logs)
            largest = Math.Max(largest, x);
        if (double.IsInfinity(largest))
            return largest;
        var sum = 0.0;
        foreach (var x in logs)
            sum += Math.Exp(x - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>ln of the weighted sum of e^x: with weights that sum to 1, the logarithm of the mean of e-values.</summary>
    /// <exception cref="ArgumentException">There are not as many weights as logarithms.</exception>
    public static double WeightedSum(ReadOnlySpan<double> logs, ReadOnlySpan<double> weights)
    {
        if (logs.Length != weights.Length)
            throw new ArgumentException("Each logarithm needs a weight.", nameof(weights));
        var terms = new double[logs.Length];
        for (var i = 0; i < terms.Length; i++)
            terms[i] = weights[i] > 0 ? Math.Log(weights[i]) + logs[i] : double.NegativeInfinity;
        return Sum(terms);
    }
}
