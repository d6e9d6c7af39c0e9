using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Finds the metrics that somebody probably meant who wrote a name that isn't there.</summary>
internal static class SimilarNames
{
    private const int MostNamed = 3;

    // What nearly every metric's name has says nothing of what it counts.
    private static readonly string[] Units = ["total", "count", "sum", "bucket", "created", "seconds", "milliseconds", "ms", "bytes", "info", "max", "min"];
    private static readonly string[] Parts = ["_sum", "_created", "_max", "_info"];

    /// <summary>The most similar names, the best first; a misspelt name's alone where there is one.</summary>
    /// <param name="name">The name that isn't there.</param>
    /// <param name="known">Names of metrics.</param>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        var countable = known.Where(one => one != name && !Parts.Any(part => one.EndsWith(part, StringComparison.Ordinal))).ToList();
        if (NearestWord.Of(name, countable) is { } nearest) return [nearest];
        var wanted = Words(name);
        return
        [
            .. countable.Select(one => (Name: one, Words: Words(one))).Select(one => (one.Name, Shared: one.Words.Intersect(wanted).Count(), Least: Math.Min(one.Words.Count, wanted.Count)))
                .Where(one => one.Shared > 0 && 2 * one.Shared > one.Least)
                .OrderByDescending(one => one.Shared).ThenBy(one => one.Name, StringComparer.Ordinal).Take(MostNamed).Select(one => one.Name),
        ];
    }

    private static HashSet<string> Words(string name) => name.Split('_', ':', '.').Where(word => word.Length > 1 && !Units.Contains(word)).ToHashSet(StringComparer.Ordinal);
}
