namespace CanaryAnalyzer.Core.Statistics;

/// <summary>
/// How much more two samples of the same thing differ than independent outcomes would: the mean of observed over expected squared
/// differences, pooled over intervals.
/// </summary>
/// <param name="Observed">Sum of the squared differences.</param>
/// <param name="Expected">Sum of what they would be for independent outcomes.</param>
/// <param name="Intervals">Number of intervals that told something.</param>
public sealed record Dispersion(double Observed, double Expected, double Intervals)
{
    // Scores lie between 0 and 1; below this the variance is what rounding left of 0.
    private const double SmallestVariance = 1e-12;

    /// <summary>Nothing seen yet.</summary>
    public static Dispersion None { get; } = new(0, 0, 0);

    /// <summary>Adds an interval's counts: <paramref name="xa"/> positive outcomes of <paramref name="na"/>, and <paramref name="xb"/> of <paramref name="nb"/>.</summary>
    public Dispersion WithCounts(double na, double xa, double nb, double xb)
    {
        double n = na + nb, k = xa + xb;
        var f = na / Math.Max(n, 1);
        var expected = k * f * (1 - f) * (n - k) / Math.Max(n - 1, 1);
        if (!(expected > 0))
            return this;
        var difference = xa - (k * f);
        return new(Observed + (difference * difference), Expected + expected, Intervals + 1);
    }

    /// <summary>With what other intervals told.</summary>
    public Dispersion Plus(Dispersion other) => new(Observed + other.Observed, Expected + other.Expected, Intervals + other.Intervals);

    /// <summary>Adds an interval's mean scores of ordered categories, as the ratio of observed to expected: each interval weighs the same.</summary>
    /// <param name="scores">The score a category, fixed beforehand.</param>
    /// <param name="a">Counts a category in the first half.</param>
    /// <param name="b">Counts a category in the second half.</param>
    public Dispersion WithScores(ReadOnlySpan<double> scores, ReadOnlySpan<long> a, ReadOnlySpan<long> b) =>
        Compare(scores, a, b) is var (squared, variance) && variance > SmallestVariance ? new(Observed + (squared / variance), Expected + 1, Intervals + 1) : this;

    /// <summary>The same with observed and expected summed apart, as for counts: an interval weighs as much as its scores vary.</summary>
    public Dispersion WithPooledScores(ReadOnlySpan<double> scores, ReadOnlySpan<long> a, ReadOnlySpan<long> b) =>
        Compare(scores, a, b) is var (squared, variance) && variance > SmallestVariance ? new(Observed + squared, Expected + variance, Intervals + 1) : this;

    /// <summary>The dispersion, at least 1: the pooled ratio, drawn towards <paramref name="prior"/> with the weight of <paramref name="priorIntervals"/> intervals.</summary>
    public double Value(double prior, double priorIntervals)
    {
        var ratio = Expected > 0 ? Observed / Expected : 1;
        return Math.Max(1, ((priorIntervals * prior) + (Intervals * ratio)) / (priorIntervals + Intervals));
    }

    /// <summary>
    /// The dispersion as a rule takes it, at least 1. With m intervals and the estimate drawn towards the assumption: 1 where it doesn't exceed 1 by so many standard
    /// errors √(2m)/(prior + m), else the estimate raised by so many times √(2/(m + 1)).
    /// </summary>
    public double Upper(DispersionRule rule)
    {
        var ratio = Expected > 0 ? Observed / Expected : 1;
        var estimate = ((rule.PriorIntervals * rule.Prior) + (Intervals * ratio)) / (rule.PriorIntervals + Intervals);
        if (!(estimate > 1 + (rule.Significance * Math.Sqrt(2 * Intervals) / (rule.PriorIntervals + Intervals))))
            return 1;
        return Math.Max(1, estimate) * (Intervals > 0 ? 1 + (rule.Margin * Math.Sqrt(2 / (Intervals + 1))) : 1);
    }

    /// <summary>The squared difference of the mean scores over what makes it comparable with the variance of one score; no variance where a half is empty.</summary>
    private static (double Squared, double Variance) Compare(ReadOnlySpan<double> scores, ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        double na = 0, nb = 0, sumA = 0, sumB = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            na += a[i];
            nb += b[i];
            sumA += a[i] * scores[i];
            sumB += b[i] * scores[i];
        }

        if (na <= 0 || nb <= 0)
            return (0, 0);
        var mean = (sumA + sumB) / (na + nb);
        var squares = 0.0;
        for (var i = 0; i < scores.Length; i++)
            squares += ((double)a[i] + b[i]) * (scores[i] - mean) * (scores[i] - mean);
        var difference = (sumA / na) - (sumB / nb);
        return (difference * difference / ((1 / na) + (1 / nb)), squares / Math.Max(na + nb - 1, 1));
    }
}
