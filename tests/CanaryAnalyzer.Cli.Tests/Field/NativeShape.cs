using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Cli.Tests.Field;

/// <summary>How the observations of a native histogram fall into its buckets.</summary>
/// <param name="Schema">How fine it is.</param>
/// <param name="First">The index of the first bucket.</param>
/// <param name="UpTo">The share of observations up to the end of each bucket; the last is 1.</param>
internal sealed record NativeShape(int Schema, int First, ImmutableArray<double> UpTo)
{
    /// <summary>Reads <c>schema first share share …</c>, the shares cumulative in percent.</summary>
    public static NativeShape Read(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new NativeShape(
            int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture), [.. words.Skip(2).Select(word => double.Parse(word.TrimEnd('%'), CultureInfo.InvariantCulture) / 100)]);
    }

    /// <summary>The histogram with so many observations.</summary>
    public WrittenHistogram Of(long at, double observations)
    {
        var upTo = UpTo.Select(share => (long)Math.Floor((observations * share) + 1e-6)).ToList();
        return new WrittenHistogram(at, Schema, First, [.. upTo.Select((count, i) => i == 0 ? count : count - upTo[i - 1])]);
    }
}
