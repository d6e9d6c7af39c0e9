namespace CanaryAnalyzer.Core.Statistics.Sequential;

/// <summary>
/// The safe test of two streams of yes/no outcomes in blocks (Turner, Ly and Grünwald 2024): the likelihood of the rates expected from the blocks before, against that of
/// one rate for both. Valid after any block.
/// </summary>
/// <param name="PositiveA">Sum of the positive outcomes of stream A, its prior's included.</param>
/// <param name="TrialsA">Sum of its trials, its prior's included.</param>
/// <param name="PositiveB">Those of stream B.</param>
/// <param name="TrialsB">Those of stream B.</param>
/// <param name="LogE">Logarithm of the evidence so far.</param>
public readonly record struct SafeTable(double PositiveA, double TrialsA, double PositiveB, double TrialsB, double LogE)
{
    /// <summary>Before the first block, with the priors Beta(a1, a2) and Beta(b1, b2) of the rates.</summary>
    public static SafeTable Start(double a1, double a2, double b1, double b2) => new(a1, a1 + a2, b1, b1 + b2, 0);

    /// <summary>Takes a block of <paramref name="na"/> trials of A with <paramref name="ya"/> positive ones, and <paramref name="nb"/> of B with <paramref name="yb"/>.</summary>
    public SafeTable With(double na, double ya, double nb, double yb)
    {
        double a = PositiveA / TrialsA, b = PositiveB / TrialsB, both = ((na * a) + (nb * b)) / (na + nb);
        var log = (ya * Math.Log(a / both)) + ((na - ya) * Math.Log((1 - a) / (1 - both))) + (yb * Math.Log(b / both)) + ((nb - yb) * Math.Log((1 - b) / (1 - both)));
        return new(PositiveA + ya, TrialsA + na, PositiveB + yb, TrialsB + nb, LogE + log);
    }
}
