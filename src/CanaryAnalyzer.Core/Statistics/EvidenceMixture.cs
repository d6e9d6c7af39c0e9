using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>
/// A running e-process: a stake of 1 is spread over several alternatives and over the time at which they may have begun; each alternative
/// multiplies what was put on it by its e-values. What has not been put on anything yet is cash.
/// </summary>
/// <param name="LogStakes">Logarithm of what stands on each alternative.</param>
/// <param name="Cash">What has not been put on anything.</param>
/// <param name="Best">The highest logarithm of evidence reached so far, at least 0.</param>
/// <param name="Started">Whether an interval was seen.</param>
public sealed record EvidenceMixture(ImmutableArray<double> LogStakes, double Cash, double Best, bool Started)
{
    /// <summary>Logarithm of the evidence: of all stakes and the cash.</summary>
    public double LogEvidence => Logarithms.Add(Logarithms.Sum(LogStakes.AsSpan()), Math.Log(Cash));

    /// <summary>A process that has seen nothing, over the given number of alternatives.</summary>
    public static EvidenceMixture Start(int alternatives) => new([.. Enumerable.Repeat(double.NegativeInfinity, alternatives)], 1, 0, false);

    /// <summary>Takes an interval.</summary>
    /// <param name="logE">The interval's log e-value for each alternative.</param>
    /// <param name="dispersion">By how much to tone them down, at least 1.</param>
    /// <param name="rule">How the stake is spread.</param>
    /// <exception cref="ArgumentException">There is not one log e-value for each alternative.</exception>
    public EvidenceMixture With(ReadOnlySpan<double> logE, double dispersion, MixtureRule rule)
    {
        if (logE.Length != LogStakes.Length || logE.Length != rule.Weights.Length)
            throw new ArgumentException("Each alternative needs a log e-value and a weight.", nameof(logE));
        var invested = Cash * (Started ? rule.Later : rule.AtOnce);
        var cash = Cash - invested;
        var stakes = new double[logE.Length];
        for (var i = 0; i < stakes.Length; i++)
            stakes[i] = Logarithms.Add(LogStakes[i], Math.Log(invested) + Math.Log(rule.Weights[i])) + (logE[i] / dispersion);

        var log = Logarithms.Add(Logarithms.Sum(stakes), Math.Log(cash));
        var over = Math.Max(log - (Best + rule.LargestGain), 0);
        if (over > 0)
        {
            for (var i = 0; i < stakes.Length; i++)
                stakes[i] -= over;
            cash *= Math.Exp(-over);
        }

        return new([.. stakes], cash, Math.Max(Best, log - over), true);
    }
}
