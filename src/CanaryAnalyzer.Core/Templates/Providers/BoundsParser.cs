using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>Reads the response times above which shares of requests are watched.</summary>
public static class BoundsParser
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads a bound such as <c>250ms</c>.</summary>
    /// <param name="text">The text to read.</param>
    /// <returns>The bound in seconds; null where it is no duration above 0 and up to a day.</returns>
    public static double? TryParse(string? text) => GoDuration.TryParse(text, out var duration) && duration > TimeSpan.Zero && duration <= Longest ? duration.TotalSeconds : null;

    /// <summary>Bounds as measures hold them: ascending, none twice.</summary>
    public static ImmutableArray<double> InOrder(IEnumerable<double> bounds) => [.. bounds.Distinct().Order()];

    internal static ImmutableArray<double> Read(SpecReader reader)
    {
        if (!reader.Has("bounds")) return [];
        var bounds = new List<double>();
        foreach (var (i, item) in reader.Few("bounds", "a list of durations such as [250ms, 1s]").Index())
        {
            if (item.ValueKind == JsonValueKind.String && TryParse(item.GetString()) is { } bound) bounds.Add(bound);
            else reader.Refuse(string.Create(CultureInfo.InvariantCulture, $"bounds[{i}]"), $"must be a duration above 0s and up to 24h such as 250ms, not {SpecReader.Describe(item)}{Meant(item)}");
        }

        return InOrder(bounds);
    }

    /// <summary>A bare number is most likely one of seconds, as bucket bounds are.</summary>
    private static string Meant(JsonElement item)
    {
        var text = item.ValueKind == JsonValueKind.String ? item.GetString() : item.GetRawText();
        var isSeconds = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0.001 && seconds <= Longest.TotalSeconds;
        return isSeconds ? $"; write {GoDuration.Format(TimeSpan.FromSeconds(seconds))} for so many seconds" : "";
    }
}
