using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>
/// Finds targets whose failures could not be seen: the selector of the errors needs a label that none of the target's requests has, as after a label was renamed. That a target has no series
/// of errors means that it has no errors only where the selector could match one.
/// </summary>
public static class MissingLabels
{
    private const int LabelsNamed = 12;

    /// <summary>Labels that say where a series was scraped, or what it is a part of.</summary>
    internal static readonly string[] Unnamed = ["__name__", "pod", "instance", "job", "namespace", "le"];

    /// <summary>The labels among those needed that some series of a target have and others of the same scrape lack: such a label comes with a failure, and its absence means nothing.</summary>
    internal static ImmutableHashSet<string> Optional(SeriesTable requests, ImmutableHashSet<string> needed) =>
        needed.IsEmpty ? needed : [.. needed.Where(label => requests.Targets.Values.Any(target => target.All.GroupBy(SourceOf).Any(one => one.Any(Has(label)) && !one.All(Has(label)))))];

    /// <summary>The labels among those needed that a side's failures alone have; where each of its requests fails, none without the label shows that it comes with a failure.</summary>
    internal static ImmutableHashSet<string> OfFailures(SeriesTable requests, SeriesTable errors, ImmutableHashSet<string> needed)
    {
        if (needed.IsEmpty) return needed;
        var failed = All(errors).ToHashSet(SeriesIdentity.OfSeries);
        return [.. needed.Where(label => All(requests).Any(Has(label)) && All(requests).Where(Has(label)).All(failed.Contains))];
    }

    /// <summary>Says which target of a side lacks a label; null where all is well.</summary>
    /// <param name="side">The side's name; null where there is but one.</param>
    /// <param name="requests">The side's requests.</param>
    /// <param name="errors">Its errors.</param>
    /// <param name="needed">The labels that the errors' selector needs.</param>
    /// <param name="after">Targets without a sample after this time are no matter.</param>
    internal static string? OfErrors(string? side, SeriesTable requests, SeriesTable errors, ImmutableHashSet<string> needed, long after)
    {
        if (needed.IsEmpty) return null;
        foreach (var (key, target) in requests.Targets)
        {
            var counting = target.All.Where(series => series.Samples is [.., var last] && last.At > after && last.Value > 0).ToList();
            if (counting.Count == 0 || errors.Targets.ContainsKey(key)) continue;
            if (needed.Order(StringComparer.Ordinal).FirstOrDefault(label => !counting.Exists(series => Has(label)(series))) is { } missing)
                return $"the errors{Of(side)} can't be seen: they are selected by the label {missing}, which the requests{(key.Length == 0 ? Of(side) : Of(key))} don't have; they have {Labels(counting)}";
        }

        return null;
    }

    /// <summary>Says which label, by whose values the counts are to be kept apart, one side has and the other lacks; null where all is well.</summary>
    internal static string? OfStrata(SeriesTable canary, SeriesTable stable, ImmutableArray<string> by)
    {
        foreach (var label in by)
        {
            var (ours, theirs) = (All(canary).Any(Has(label)), All(stable).Any(Has(label)));
            if (ours == theirs || canary.IsEmpty || stable.IsEmpty) continue;
            return $"the sides can't be compared by the label {label}: the series of {(ours ? "stable" : "canary")} don't have it; they have {Labels(All(ours ? stable : canary))}";
        }

        return null;
    }

    /// <summary>The labels that series have, for people; without those that say where they were scraped.</summary>
    public static string Labels(IEnumerable<RawSeries> series)
    {
        var labels = series.SelectMany(one => one.Labels.Keys).Except(Unnamed, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return labels.Count == 0 ? "no other labels" : string.Join(", ", labels.Take(LabelsNamed)) + (labels.Count > LabelsNamed ? ", …" : "");
    }

    private static string Of(string? whose) => whose is null ? "" : $" of {whose}";

    private static IEnumerable<RawSeries> All(SeriesTable table) => table.Targets.Values.SelectMany(target => target.All);

    private static (string, string) SourceOf(RawSeries series) => (series.Label("job"), series.Label("instance"));

    private static Func<RawSeries, bool> Has(string label) => series => series.Label(label).Length > 0;
}
