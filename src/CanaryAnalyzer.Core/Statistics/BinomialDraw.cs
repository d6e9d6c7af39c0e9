using MathNet.Numerics;

namespace CanaryAnalyzer.Core.Statistics;

/// <summary>Turns a uniform number into a binomial one.</summary>
public static class BinomialDraw
{
    private const double Negligible = 1e-18;

    /// <summary>
    /// The number of successes: outcomes are gone through from the most probable one outwards until their probabilities exceed the uniform number, which takes about
    /// as many steps as the standard deviation (Kemp 1986, https://doi.org/10.1080/03610928608829159).
    /// </summary>
    /// <param name="trials">Number of trials.</param>
    /// <param name="chance">Probability of success; beyond [0, 1] it is cut off.</param>
    /// <param name="uniform">A uniform number in [0, 1).</param>
    public static long Of(long trials, double chance, double uniform)
    {
        if (trials <= 0 || !(chance > 0)) return 0;
        if (chance >= 1) return trials;
        var mode = Math.Min(trials, (long)Math.Floor((trials + 1) * chance));
        var odds = chance / (1 - chance);
        var probability = Math.Exp(
            SpecialFunctions.GammaLn(trials + 1.0) - SpecialFunctions.GammaLn(mode + 1.0) - SpecialFunctions.GammaLn(trials - mode + 1.0)
            + (mode * Math.Log(chance)) + ((trials - mode) * Logarithms.Log1p(-chance)));
        var rest = uniform - probability;
        if (rest < 0) return mode;
        var (up, above, down, below) = (mode, probability, mode, probability);
        while ((up < trials && above > Negligible) || (down > 0 && below > Negligible))
        {
            if (up < trials)
            {
                above *= (trials - up) / (up + 1.0) * odds;
                up++;
                rest -= above;
                if (rest < 0) return up;
            }

            if (down > 0)
            {
                below *= down / ((trials - down + 1) * odds);
                down--;
                rest -= below;
                if (rest < 0) return down;
            }
        }

        return mode;
    }
}
