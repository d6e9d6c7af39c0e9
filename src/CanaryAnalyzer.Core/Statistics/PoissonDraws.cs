using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Draws numbers of events: the same numbers for the same seed, on every machine.</summary>
/// <param name="seed">Where the sequence begins.</param>
public sealed class PoissonDraws(int seed)
{
    private const double Most = 1e8;
    private readonly MersenneTwister _source = new(seed, threadSafe: false);

    /// <summary>The next number of events.</summary>
    /// <param name="mean">How many are expected; 0 and less give 0, and above 10⁸ the mean itself is returned, from which draws differ by less than 0.1 per mille.</param>
    public long Next(double mean) => !(mean > 0) ? 0 : mean > Most ? (long)mean : Poisson.Sample(_source, mean);
}
