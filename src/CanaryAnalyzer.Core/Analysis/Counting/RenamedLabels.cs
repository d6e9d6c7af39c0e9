using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>
/// Finds a side whose failures may hide behind a label of another name: the other side's requests have the label that the errors' selector needs, this one's lack it and have one that the other
/// side never has, or hardly any of them has it.
/// </summary>
internal static class RenamedLabels
{
    /// <summary>The share of the other side's requests without a failure from which on a label is one that every request has, and not one that comes with a failure.</summary>
    private const double OfEveryRequest = 0.5;

    /// <summary>The share of a target's requests that a selector may miss, and below which a label counts as lacking.</summary>
    private const double Few = 0.1;

    /// <summary>Says which target of a side lacks a label that the other side has; null where all is well.</summary>
    /// <param name="side">The side's name.</param>
    /// <param name="own">Its requests.</param>
    /// <param name="otherSide">The other side's name.</param>
    /// <param name="other">The other side's requests.</param>
    /// <param name="otherErrors">The other side's errors.</param>
    /// <param name="needed">The labels that the errors' selector needs.</param>
    /// <param name="apart">The labels that tell the sides apart.</param>
    /// <param name="after">Targets without a sample after this time are no matter.</param>
    public static string? Of(string side, SeriesTable own, string otherSide, SeriesTable other, SeriesTable otherErrors, ImmutableHashSet<string> needed, ImmutableHashSet<string> apart, long after)
    {
        if (needed.IsEmpty || other.IsEmpty) return null;
        var theirs = All(other).SelectMany(series => series.Labels.Keys).Concat(apart).Concat(MissingLabels.Unnamed).ToHashSet(StringComparer.Ordinal);
        foreach (var label in needed.Order(StringComparer.Ordinal))
        {
            var usual = UsualShare(label, other, otherErrors);
            if (usual < OfEveryRequest && (All(own).Any(Has(label)) || !All(other).Any(Has(label)))) continue;
            foreach (var (key, target) in own.Targets)
            {
                var counting = target.All.Where(series => series.Samples is [.., var last] && last.At > after && last.Value > 0).ToList();
                if (counting.Count == 0) continue;
                var without = counting.Where(series => !Has(label)(series)).ToList();
                var renamed = without.Where(series => series.Labels.Keys.Any(name => !theirs.Contains(name))).ToList();
                if (!Hides(usual, Share(without, counting), Share(renamed, counting))) continue;
                var names = renamed.SelectMany(series => series.Labels.Keys).Where(name => !theirs.Contains(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                var instead = names.Count == 0 ? "" : $"; {otherSide} never has {string.Join(", ", names)}";
                return $"the errors of {side} can't be seen: they are selected by the label {label}, which {(Share(without, counting) < 1 ? "most requests" : "the requests")} of {(key.Length == 0 ? side : key)} don't have; they have {MissingLabels.Labels(without)}{instead}";
            }
        }

        return null;
    }

    /// <summary>Where the label comes with a failure alone, any label that the other side never has may be the same by another name.</summary>
    private static bool Hides(double usual, double without, double renamed) =>
        usual < OfEveryRequest ? renamed > 0 : renamed > Few || 1 - without < Few * usual;

    /// <summary>The share of a side's requests without a failure that have a label.</summary>
    private static double UsualShare(string label, SeriesTable requests, SeriesTable errors)
    {
        var failed = All(errors).ToHashSet(SeriesIdentity.OfSeries);
        var unfailed = All(requests).Where(series => !failed.Contains(series)).ToList();
        return Share([.. unfailed.Where(Has(label))], unfailed);
    }

    /// <summary>The share of a part in what was counted lately; where nothing was, in all that was ever counted.</summary>
    private static double Share(List<RawSeries> part, List<RawSeries> whole)
    {
        var (grown, all) = (part.Sum(Growth), whole.Sum(Growth));
        if (all <= 0) (grown, all) = (part.Sum(series => series.Samples[^1].Value), whole.Sum(series => series.Samples[^1].Value));
        return all > 0 ? grown / all : 0;
    }

    private static double Growth(RawSeries series) => series.Samples is [var first, .., var last] && last.Value > first.Value ? last.Value - first.Value : 0;

    private static IEnumerable<RawSeries> All(SeriesTable table) => table.Targets.Values.SelectMany(target => target.All).Where(series => !series.Samples.IsEmpty);

    private static Func<RawSeries, bool> Has(string label) => series => series.Label(label).Length > 0;
}
