namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Evidence that one sample of ordered categories tends to larger ones than another.</summary>
public static class OrdinalEvidence
{
    /// <summary>
    /// Ridits of a distribution: for each category the share below it plus half its own, with half a count spread over all categories so
    /// that none is empty.
    /// </summary>
    /// <param name="counts">Counts a category.</param>
    /// <param name="shares">Receives the smoothed shares.</param>
    /// <param name="ridits">Receives the ridits.</param>
    public static void Ridits(ReadOnlySpan<long> counts, Span<double> shares, Span<double> ridits)
    {
        var total = 0.0;
        foreach (var count in counts)
            total += count;
        var below = 0.0;
        for (var b = 0; b < counts.Length; b++)
        {
            shares[b] = (counts[b] + (0.5 / counts.Length)) / (total + 0.5);
            ridits[b] = below + (shares[b] / 2);
            below += shares[b];
        }
    }

    /// <summary>Logarithms of the bets a category: an exponential tilt <paramref name="s"/> of the ridits, with mean 1 under the shares.</summary>
    /// <param name="s">The tilt.</param>
    /// <param name="shares">The shares a category.</param>
    /// <param name="ridits">Their ridits.</param>
    /// <param name="ratios">Receives the logarithms.</param>
    public static void LogRatios(double s, ReadOnlySpan<double> shares, ReadOnlySpan<double> ridits, Span<double> ratios)
    {
        var norm = 0.0;
        for (var b = 0; b < shares.Length; b++)
            norm += shares[b] * Math.Exp(s * ridits[b]);
        var log = Math.Log(norm);
        for (var b = 0; b < shares.Length; b++)
            ratios[b] = (s * ridits[b]) - log;
    }

    /// <summary>
    /// Logarithm of the e-value of one interval against "the first sample is stochastically not larger than the second". The bets
    /// must be fixed before the interval and not decrease. With f = n1 / (n1 + n2): sum over b of x1 ln R - (x1 + x2) ln(1 + f (R - 1)).
    /// </summary>
    public static double LogE(ReadOnlySpan<double> logRatios, ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        double n1 = 0, n2 = 0;
        foreach (var count in first)
            n1 += count;
        foreach (var count in second)
            n2 += count;
        var f = n1 / Math.Max(n1 + n2, 1);
        var sum = 0.0;
        for (var b = 0; b < logRatios.Length; b++)
            sum += (first[b] * logRatios[b]) - (((double)first[b] + second[b]) * Logarithms.Log1p(f * Logarithms.Expm1(logRatios[b])));
        return sum;
    }

    /// <summary>
    /// The same against "above every category the first sample's share is at most the second's + <paramref name="tolerance"/>", and what it is expected to be: with
    /// A = R / (1 + f (R - 1)), which doesn't decrease either, it costs tolerance · n1 · (A of the last category - A of the first).
    /// </summary>
    /// <param name="logRatios">Logarithms of the bets a category, nondecreasing.</param>
    /// <param name="shares">The shares under which the bets have mean 1.</param>
    /// <param name="first">Counts of the first sample.</param>
    /// <param name="second">Counts of the second sample.</param>
    /// <param name="tolerance">What the first sample's share may exceed the second's by.</param>
    /// <returns>The logarithm of the e-value; and its mean if the second sample follows the shares and the first one the shares times the bets.</returns>
    public static (double LogE, double Growth) Tolerant(
        ReadOnlySpan<double> logRatios, ReadOnlySpan<double> shares, ReadOnlySpan<long> first, ReadOnlySpan<long> second, double tolerance)
    {
        double n1 = 0, n2 = 0;
        for (var b = 0; b < first.Length; b++)
        {
            n1 += first[b];
            n2 += second[b];
        }

        if (n1 <= 0 || n2 <= 0)
            return (0, 0);
        var f = n1 / (n1 + n2);
        double sum = 0, mine = 0, others = 0, lowest = 0, highest = 0;
        for (var b = 0; b < logRatios.Length; b++)
        {
            var excess = Logarithms.Expm1(logRatios[b]);
            var u = Logarithms.Log1p(f * excess);
            sum += (first[b] * logRatios[b]) - (((double)first[b] + second[b]) * u);
            mine += shares[b] * (1 + excess) * (logRatios[b] - u);
            others += shares[b] * u;
            highest = Math.Exp(logRatios[b] - u);
            if (b == 0)
                lowest = highest;
        }

        var cost = tolerance * n1 * (highest - lowest);
        return (sum - cost, (n1 * mine) - (n2 * others) - cost);
    }

    /// <summary>
    /// Scores for a tail that is heavier by a power from the slowest <paramref name="tail"/> on: max(0, power · ln(tail / (1 - ridit))).
    /// </summary>
    /// <param name="tail">The share from which on the tail is heavier, in (0, 1).</param>
    /// <param name="power">The power.</param>
    /// <param name="ridits">Ridits of the categories.</param>
    /// <param name="scores">Receives the scores.</param>
    public static void TailScores(double tail, double power, ReadOnlySpan<double> ridits, Span<double> scores)
    {
        for (var b = 0; b < scores.Length; b++)
            scores[b] = Math.Max(0, power * Math.Log(tail / Math.Max(1 - ridits[b], 1e-12)));
    }

    /// <summary>Logarithms of the bets a category with the given scores, with mean 1 under the shares.</summary>
    /// <param name="shares">The shares a category.</param>
    /// <param name="ratios">The scores; receives the logarithms.</param>
    public static void LogRatios(ReadOnlySpan<double> shares, Span<double> ratios)
    {
        var norm = 0.0;
        for (var b = 0; b < shares.Length; b++)
            norm += shares[b] * Math.Exp(ratios[b]);
        var log = Math.Log(norm);
        for (var b = 0; b < shares.Length; b++)
            ratios[b] -= log;
    }

    /// <summary>The tilt s under which an outcome exceeds an untilted one with probability <paramref name="superiority"/>: 1/(1 - e^-s) - 1/s = superiority.</summary>
    /// <param name="superiority">A probability in (0.5, 1).</param>
    public static double TiltForSuperiority(double superiority)
    {
        double low = 1e-9, high = 500;
        while (true)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
                return middle;
            if ((1 / -Logarithms.Expm1(-middle)) - (1 / middle) < superiority)
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>P(first &gt; second) + P(equal) / 2 between two samples of ordered categories; null where one is empty.</summary>
    public static double? Superiority(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        double n1 = 0, n2 = 0, wins = 0;
        for (var b = 0; b < first.Length; b++)
        {
            wins += first[b] * (n2 + (second[b] / 2.0));
            n1 += first[b];
            n2 += second[b];
        }

        return n1 > 0 && n2 > 0 ? wins / (n1 * n2) : null;
    }
}
