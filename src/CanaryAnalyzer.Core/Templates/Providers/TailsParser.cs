using System.Collections.Immutable;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>Reads the shares of the slowest requests that are watched.</summary>
public static class TailsParser
{
    /// <summary>Reads a share such as <c>1%</c>.</summary>
    /// <param name="text">The text to read.</param>
    /// <returns>The share; null where it is none above 0 and up to a half.</returns>
    public static double? TryParse(string? text) => Share.TryParse(text, out var share) && CanBe(share) ? share.Value : null;

    /// <summary>Tails as measures hold them: descending, none twice.</summary>
    public static ImmutableArray<double> InOrder(IEnumerable<double> tails) => [.. tails.Distinct().OrderDescending()];

    internal static ImmutableArray<double> Read(SpecReader reader, ImmutableArray<double> missing)
    {
        if (!reader.Has("tails")) return missing;
        var tails = new List<double>();
        foreach (var item in reader.Few("tails", "a list of shares such as [10%, 1%]"))
        {
            if (Share.TryRead(item, out var share) && CanBe(share)) tails.Add(share.Value);
            else reader.Refuse("tails", $"must be shares above 0% and up to 50% such as [10%, 1%], not {SpecReader.Describe(item)}");
        }

        return InOrder(tails);
    }

    private static bool CanBe(Share share) => share.Value is > 0 and <= 0.5;
}
