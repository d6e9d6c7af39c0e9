namespace CanaryAnalyzer.Testing.Streams;

/// <summary>Draws from distributions; the same seed gives the same draws.</summary>
internal sealed class Chance(int seed)
{
    // A normal distribution is near enough from there on.
    private const double Many = 60;
    private readonly Random _random = new(seed);

    public int Below(int bound) => _random.Next(bound);

    public int Poisson(double mean)
    {
        if (mean > Many)
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        var (count, product, least) = (0, _random.NextDouble(), Math.Exp(-mean));
        while (product > least)
        {
            count++;
            product *= _random.NextDouble();
        }

        return count;
    }

    /// <summary>A negative binomial count: a Poisson one whose mean is gamma-distributed.</summary>
    /// <param name="mean">Its mean.</param>
    /// <param name="clump">Variance over mean, at least 1.</param>
    public int Clumped(double mean, double clump) => clump > 1 && mean > 0 ? Poisson(Gamma(mean / (clump - 1)) * (clump - 1)) : Poisson(mean);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    // Marsaglia and Tsang, A simple method for generating gamma variables (2000).
    private double Gamma(double shape)
    {
        if (shape < 1)
            return Gamma(shape + 1) * Math.Pow(1 - _random.NextDouble(), 1 / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - _random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }
}
