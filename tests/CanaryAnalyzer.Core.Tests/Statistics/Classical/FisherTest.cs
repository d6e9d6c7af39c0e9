using CanaryAnalyzer.Core.Statistics;
using MathNet.Numerics;

namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>Fisher's exact test of a table of two by two.</summary>
/// <param name="OddsRatio">The conditional maximum likelihood estimate of the odds ratio; 0 or infinity at the edges.</param>
/// <param name="P">The probability of a table at least as extreme where the odds are alike.</param>
internal readonly record struct FisherTest(double OddsRatio, double P)
{
    private const double SameProbability = 1 + 1e-7;
    private static readonly double Tolerance = Math.Pow(BrentRoot.Epsilon, 0.25);

    /// <summary>The test.</summary>
    /// <param name="x1">Positive outcomes in the first sample.</param>
    /// <param name="n1">Size of the first sample.</param>
    /// <param name="x2">Positive outcomes in the second sample.</param>
    /// <param name="n2">Size of the second sample.</param>
    /// <param name="alternative">What to look for.</param>
    public static FisherTest Of(long x1, long n1, long x2, long n2, Alternative alternative)
    {
        var hits = x1 + x2;
        var low = Math.Max(0, hits - n2);
        var high = Math.Min(hits, n1);
        var logs = new double[high - low + 1];
        for (var i = 0; i < logs.Length; i++)
            logs[i] = LogChoose(n1, low + i) + LogChoose(n2, hits - low - i);
        var at = (int)(x1 - low);
        return new(Odds(logs, low, at), Tail(logs, at, alternative));
    }

    private static double Tail(double[] logs, int at, Alternative alternative)
    {
        var all = Logarithms.Sum(logs);
        var sum = 0.0;
        for (var i = 0; i < logs.Length; i++)
        {
            var counts = alternative switch
            {
                Alternative.Greater => i >= at,
                Alternative.Less => i <= at,
                _ => logs[i] <= logs[at] + Math.Log(SameProbability),
            };
            sum += counts ? Math.Exp(logs[i] - all) : 0;
        }

        return Math.Min(sum, 1);
    }

    // The odds ratio at which the mean of the noncentral hypergeometric distribution is what was seen; found as R finds it, no more accurately.
    private static double Odds(double[] logs, long lowest, int at)
    {
        if (at == 0)
            return logs.Length == 1 ? double.NaN : 0;
        if (at == logs.Length - 1)
            return double.PositiveInfinity;
        var even = Mean(logs, lowest, 1) - lowest - at;
        if (even > 0)
            return BrentRoot.Find(odds => Mean(logs, lowest, odds) - lowest - at, 0, 1, Tolerance);
        return even < 0 ? 1 / BrentRoot.Find(inverse => Mean(logs, lowest, 1 / inverse) - lowest - at, BrentRoot.Epsilon, 1, Tolerance) : 1;
    }

    private static double Mean(double[] logs, long lowest, double odds)
    {
        var weighted = new double[logs.Length];
        weighted[0] = logs[0];
        for (var i = 1; i < weighted.Length; i++)
            weighted[i] = logs[i] + (i * Math.Log(odds));
        var all = Logarithms.Sum(weighted);
        var mean = (double)lowest;
        for (var i = 1; i < weighted.Length; i++)
            mean += i * Math.Exp(weighted[i] - all);
        return mean;
    }

    private static double LogChoose(double n, double k) => SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(k + 1) - SpecialFunctions.GammaLn(n - k + 1);
}
