using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>
/// Finds out whether errors that are another metric than the requests could be seen at all, where a side has no series of them. Clients that create such a series with its first
/// error are common: that there is none yet is no flaw where the metric was seen within the last day. That the metric is there and can't be matched is one, and so is a name under
/// which nothing was ever counted: it may be misspelt.
/// </summary>
/// <param name="fetch">What is asked.</param>
/// <param name="target">The label that names a target; null: <c>pod</c>, else <c>instance</c>.</param>
internal sealed class HiddenErrors(SeriesFetch fetch, string? target)
{
    /// <summary>Why the errors can't be seen, null where they can; and what is worth knowing otherwise, empty where nothing is.</summary>
    /// <param name="requests">The selector of the requests.</param>
    /// <param name="errors">The selector of the errors.</param>
    /// <param name="without">The sides without any series of errors: their names and matchers.</param>
    /// <param name="ofAll">Whether these are all sides that are counted.</param>
    /// <param name="at">The instant of the look.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Fetched<(string? Hidden, string Remark)>> FindAsync(
        SeriesSelector requests, SeriesSelector errors, ImmutableArray<(string Name, ImmutableArray<LabelMatcher> Matchers)> without, bool ofAll, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (without.IsEmpty || (errors.Metric is { } metric && metric == requests.Metric)) return Found(null);
        var isThere = false;
        foreach (var (name, matchers) in without)
        {
            var bare = await fetch.PresentAsync(errors.NameAlone().With(matchers), at, cancellationToken);
            if (bare.Cause is not null) return bare.Then(_ => (default(string?), ""));
            isThere |= !bare.Value.IsEmpty;
            if (!bare.Value.IsEmpty && Missing(errors.NeededLabels, bare.Value) is { } missing)
                return Found($"the errors of {name} can't be seen: they are selected by the label {missing}, which its series of {errors.NameAlone()} don't have; they have {MissingLabels.Labels(bare.Value)}");
        }

        if (isThere || !ofAll) return Found(null);
        var any = await fetch.PresentAsync(errors, at, cancellationToken);
        if (any.Cause is not null) return any.Then(_ => (default(string?), ""));
        return any.Value.IsEmpty ? await OfNobodyAsync(errors, at, cancellationToken) : await OfNeitherAsync(requests, errors, without[0].Matchers, any.Value, at, cancellationToken);
    }

    /// <summary>The errors' selector finds no series at all.</summary>
    private async Task<Fetched<(string? Hidden, string Remark)>> OfNobodyAsync(SeriesSelector errors, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var name = errors.NameAlone();
        if (errors.Metric is not null)
        {
            var past = await fetch.PresentAsync($"count(last_over_time({name}[1d]))", at, cancellationToken);
            if (past.Cause is not null) return past.Then(_ => (default(string?), ""));
            if (past.Value.IsEmpty)
                return Found($"the errors can't be seen: there was no series of {name} within the last day; check the name, let the counter start at 0, or select errors from the requests' metric");
        }

        return Found(null, $"there is no series of {errors} at present, which is right where nothing failed yet: are its labels right?");
    }

    /// <summary>The errors' selector finds series, and none that belong to a side.</summary>
    private async Task<Fetched<(string? Hidden, string Remark)>> OfNeitherAsync(
        SeriesSelector requests, SeriesSelector errors, ImmutableArray<LabelMatcher> side, ImmutableArray<RawSeries> any, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var labels = side.Where(matcher => matcher.NeedsLabel).Select(matcher => matcher.Label).ToImmutableHashSet(StringComparer.Ordinal);
        if (Missing(labels, any) is { } missing)
            return Found($"the errors can't be told apart by {Sides.Describe(side)}: the series of {errors} have no label {missing}; they have {MissingLabels.Labels(any)}");

        // A label that names where a counter is: on other targets than the requests' it will never have the side's value.
        if (!labels.Contains(target ?? "pod") && !labels.Contains("instance")) return Found(null);
        var present = await fetch.PresentAsync(requests, at, cancellationToken);
        if (present.Cause is not null) return present.Then(_ => (default(string?), ""));
        var (ours, theirs) = (Targets(present.Value), Targets(any));
        return ours.Count > 0 && theirs.Count > 0 && !ours.Overlaps(theirs)
            ? Found($"the errors are counted on {theirs.Min}, requests on {ours.Min}, and no series of {errors} matches {Sides.Describe(side)}: set canary and stable to a label that both have, such as one that names the version")
            : Found(null);
    }

    private SortedSet<string> Targets(ImmutableArray<RawSeries> series) => new(SeriesTable.Of(series, target).Seen(long.MinValue, long.MaxValue), StringComparer.Ordinal);

    private static string? Missing(ImmutableHashSet<string> needed, ImmutableArray<RawSeries> series) =>
        needed.Order(StringComparer.Ordinal).FirstOrDefault(label => series.All(one => one.Label(label).Length == 0));

    private static Fetched<(string? Hidden, string Remark)> Found(string? hidden, string remark = "") => new((hidden, remark), null, default);
}
