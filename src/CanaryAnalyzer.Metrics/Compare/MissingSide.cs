using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Says why a side has no series: what it was asked with, and which label of the series that are there would do.</summary>
internal static class MissingSide
{
    private const int LabelsNamed = 12;
    private static readonly string[] Hints = ["hash", "pods", "service"];

    /// <summary>The sentence.</summary>
    /// <param name="side">canary, stable, or both.</param>
    /// <param name="selector">The metric's own selector.</param>
    /// <param name="sides">What was asked with.</param>
    /// <param name="present">The series that the selector alone finds.</param>
    /// <param name="arguments">The run's arguments.</param>
    public static string Describe(string side, SeriesSelector selector, Sides sides, ImmutableArray<RawSeries> present, ImmutableDictionary<string, string> arguments)
    {
        if (present.IsEmpty) return $"no series matches {selector}: is the name right, and is it scraped? (It may also be that there were no requests yet.)";
        var asked = side switch
        {
            "canary" => $"the canary was asked with {Sides.Describe(sides.Canary)}",
            "stable" => $"the stable side was asked with {Sides.Describe(sides.Stable)}",
            _ => $"canary and stable were asked with {Sides.Describe(sides.Canary)} and {Sides.Describe(sides.Stable)}",
        };
        return $"no series of {selector} for {side}: {asked}; {Advice(side == "stable" ? "stable" : "canary", present, arguments)}";
    }

    private static string Advice(string side, ImmutableArray<RawSeries> present, ImmutableDictionary<string, string> arguments)
    {
        foreach (var hint in Hints)
        {
            if (!arguments.TryGetValue($"{side}-{hint}", out var wanted) || wanted.Length == 0) continue;
            if (Fitting(present, value => value == wanted) is { } equal) return $"{equal}=\"{{{{args.{side}-{hint}}}}}\" would find some";
            if (Fitting(present, value => Matches(value, wanted)) is { } matching) return $"{matching}=~\"{{{{args.{side}-{hint}}}}}\" would find some";
            if (hint == "hash" && Fitting(present, value => value.Contains(wanted, StringComparison.Ordinal)) is { } containing)
                return $"{containing}=~\".*{{{{args.{side}-{hint}}}}}.*\" would find some";
        }

        var labels = present.SelectMany(series => series.Labels.Keys).Where(label => label is not ("__name__" or "le")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return labels.Count == 0
            ? "the series that are there have no labels that could tell the sides apart"
            : $"the series that are there have the labels {string.Join(", ", labels.Take(LabelsNamed))}{(labels.Count > LabelsNamed ? ", …" : "")}: set canary and stable to matchers on the one that names the version or the pod";
    }

    private static string? Fitting(ImmutableArray<RawSeries> present, Func<string, bool> fits) =>
        present.SelectMany(series => series.Labels).Where(label => label.Key is not ("__name__" or "le") && fits(label.Value)).Select(label => label.Key).Order(StringComparer.Ordinal).FirstOrDefault();

    private static bool Matches(string value, string pattern)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
