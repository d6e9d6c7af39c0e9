using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>
/// A running e-process: a stake of 1 is spread over several alternatives and over the time at which they may have begun; each alternative
/// multiplies what was put on it by its e-values. What has not been put on anything yet is cash.
/// </summary>
public sealed class EvidenceMixture
{
    private readonly double[] _logStakes;

    /// <summary>A process as it was written down.</summary>
    /// <param name="logStakes">Logarithm of what stands on each alternative.</param>
    /// <param name="cash">What has not been put on anything.</param>
    /// <param name="best">The highest logarithm of evidence reached so far, at least 0.</param>
    /// <param name="started">Whether an interval was seen.</param>
    public EvidenceMixture(ImmutableArray<double> logStakes, double cash, double best, bool started)
        : this(ImmutableCollectionsMarshal.AsArray(logStakes)!, cash, best, started)
    {
    }

    private EvidenceMixture(double[] logStakes, double cash, double best, bool started)
    {
        (_logStakes, Cash, Best, Started) = (logStakes, cash, best, started);
        LogEvidence = Logarithms.Add(Logarithms.Sum(logStakes), Math.Log(cash));
    }

    /// <summary>Logarithm of what stands on each alternative.</summary>
    public ReadOnlySpan<double> LogStakes => _logStakes;

    /// <summary>What has not been put on anything.</summary>
    public double Cash { get; }

    /// <summary>The highest logarithm of evidence reached so far, at least 0.</summary>
    public double Best { get; }

    /// <summary>Whether an interval was seen.</summary>
    public bool Started { get; }

    /// <summary>Logarithm of the evidence: of all stakes and the cash.</summary>
    public double LogEvidence { get; }

    /// <summary>A process that has seen nothing, over the given number of alternatives.</summary>
    public static EvidenceMixture Start(int alternatives)
    {
        var stakes = new double[alternatives];
        Array.Fill(stakes, double.NegativeInfinity);
        return new(stakes, 1, 0, false);
    }

    /// <summary>Takes an interval.</summary>
    /// <param name="logE">The interval's log e-value for each alternative.</param>
    /// <param name="dispersion">By how much to tone them down, at least 1.</param>
    /// <param name="rule">How the stake is spread.</param>
    /// <exception cref="ArgumentException">There is not one log e-value for each alternative.</exception>
    public EvidenceMixture With(ReadOnlySpan<double> logE, double dispersion, MixtureRule rule)
    {
        if (logE.Length != _logStakes.Length || logE.Length != rule.Weights.Length)
            throw new ArgumentException("Each alternative needs a log e-value and a weight.", nameof(logE));
        return With(logE, dispersion, rule.LogWeights.AsSpan(), rule);
    }

    /// <summary>Takes an interval in which both sides had something, putting what is invested on the alternatives by the given weights.</summary>
    /// <param name="logE">The interval's log e-value for each alternative, as it is to be believed.</param>
    /// <param name="weights">Each alternative's share, known before the interval; &gt; 0, and together at most 1.</param>
    /// <param name="rule">How much is invested, and how much an interval may say.</param>
    /// <exception cref="ArgumentException">There is not one log e-value and one weight for each alternative.</exception>
    public EvidenceMixture WithStakes(ReadOnlySpan<double> logE, ReadOnlySpan<double> weights, MixtureRule rule)
    {
        if (logE.Length != _logStakes.Length || logE.Length != weights.Length)
            throw new ArgumentException("Each alternative needs a log e-value and a weight.", nameof(logE));
        Span<double> logs = stackalloc double[weights.Length];
        for (var i = 0; i < logs.Length; i++)
            logs[i] = Math.Log(weights[i]);
        return With(logE, 1, logs, rule);
    }

    private EvidenceMixture With(ReadOnlySpan<double> logE, double dispersion, ReadOnlySpan<double> logWeights, MixtureRule rule)
    {
        var invested = Cash * (Started ? rule.Later : rule.AtOnce);
        var cash = Cash - invested;
        var logInvested = Math.Log(invested);
        var stakes = new double[logE.Length];
        for (var i = 0; i < stakes.Length; i++)
            stakes[i] = Logarithms.Add(_logStakes[i], logInvested + logWeights[i]) + (logE[i] / dispersion);

        var log = Logarithms.Add(Logarithms.Sum(stakes), Math.Log(cash));
        var over = Math.Max(log - (Best + rule.LargestGain), 0);
        if (over > 0)
        {
            for (var i = 0; i < stakes.Length; i++)
                stakes[i] -= over;
            cash *= Math.Exp(-over);
        }

        return new(stakes, cash, Math.Max(Best, log - over), true);
    }
}
