using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Backtests;

/// <summary>
/// A stream of pseudo-random numbers that is the same on every machine for the same seed: SplitMix64 (Steele, Lea and Flood 2014,
/// https://doi.org/10.1145/2714064.2660195).
/// </summary>
public sealed class Draws
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;
    private ulong _state;

    private Draws(ulong state) => _state = state;

    /// <summary>The stream of a seed and of what it is for: streams of different purposes don't depend on each other.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">Numbers that name the purpose, such as a window's and a split's.</param>
    public static Draws Of(long seed, params ReadOnlySpan<long> purpose)
    {
        var state = Mixed(unchecked((ulong)seed + Step));
        foreach (var number in purpose) state = Mixed(unchecked((state ^ (ulong)number) + Step));
        return new Draws(state);
    }

    /// <summary>A uniform number in [0, 1).</summary>
    public double Uniform()
    {
        unchecked
        {
            _state += Step;
        }

        return (Mixed(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>How many of <paramref name="trials"/> succeed.</summary>
    public long Binomial(long trials, double chance) => BinomialDraw.Of(trials, chance, Uniform());

    /// <summary>The items in random order (Fisher and Yates).</summary>
    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] order = [.. items];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = (int)(Uniform() * (i + 1));
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private static ulong Mixed(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
