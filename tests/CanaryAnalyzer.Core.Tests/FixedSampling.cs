using CsCheck;

namespace CanaryAnalyzer.Core.Tests;

/// <summary>
/// Samples that are the same in every run. CsCheck takes its seed for the first sample only and goes on by the clock, so that a rare failure would come and go;
/// the name of the failed sample says how to have CsCheck shrink it.
/// </summary>
internal static class FixedSampling
{
    /// <summary>Checks a number of samples, one after the other.</summary>
    public static void SampleFixed<T>(this Gen<T> gen, Action<T> check, int iter, ulong seed)
    {
        var random = new PCG(1, seed);
        for (var i = 0; i < iter; i++)
        {
            var start = random.ToString();
            var sample = gen.Generate(random, null, out _);
            try
            {
                check(sample);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Sample {i} (seed {start}, give it to Sample to shrink it) fails: {exception.Message}\n{sample}", exception);
            }
        }
    }
}
