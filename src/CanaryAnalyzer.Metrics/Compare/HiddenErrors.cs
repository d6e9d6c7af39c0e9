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
/// <param name="memory">What looks before found out; what this one finds out is kept there.</param>
internal sealed class HiddenErrors(SeriesFetch fetch, string? target, SightMemory memory)
{
    /// <summary>Answers a question. Where Prometheus gives no answer, the last one remains; without any, errors that nobody has a series of count as hidden.</summary>
    /// <param name="question">The question.</param>
    /// <param name="at">The instant of the look.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ErrorSight> FindAsync(ErrorQuestion question, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (question.Without.IsEmpty) return new ErrorSight(null);
        if (question.Errors.Metric is { } metric && metric == question.Requests.Metric) return await new FailureLabels(fetch, memory).FindAsync(question, at, cancellationToken);
        var sides = question.Without.Sum(side => side.Name == "canary" ? 1 : 2);
        if (memory.Young(sides) is { } known) return Of(known, question, "");
        var found = await AskAsync(question, at, cancellationToken);
        if (found.Cause is { } cause)
        {
            var notChecked = $"it could not be checked whether the errors can be seen: {cause}";
            if (memory.Last(sides) is { } last) return Of(last, question, notChecked);
            return question.OfAll ? new ErrorSight(notChecked) : Of(SightKind.Lacking, question, notChecked);
        }

        if (found.Value.Hidden is { } hidden) return new ErrorSight(hidden);
        memory.Keep(sides, found.Value.Kind);
        return Of(found.Value.Kind, question, "");
    }

    private static ErrorSight Of(SightKind kind, ErrorQuestion question, string notChecked)
    {
        var isOfCanary = question.Without[0].Name == "canary" && !question.Canary.IsEmpty;
        var lacks = $"canary has no series of {question.Errors.NameAlone()}, {(question.OfAll ? "others have" : "stable has")}";
        var (hidden, remark) = kind switch
        {
            SightKind.Lacking when isOfCanary && AbsentErrors.Implausible(question.Canary, question.Stable, question.StableErrors) is { } implausible =>
                ($"the errors can't be seen: {lacks}, and {implausible}; did the new version rename it?", ""),
            SightKind.Lacking when isOfCanary => (null, $"{lacks}, which is right where nothing failed yet: did the new version rename it?"),
            SightKind.Past => (null, $"there is no series of {question.Errors} at present, which is right where nothing failed yet: are its labels right?"),
            _ => (default(string?), ""),
        };
        return new ErrorSight(hidden is null || notChecked.Length == 0 ? hidden : $"{hidden}; {notChecked}", notChecked.Length > 0 ? notChecked : remark);
    }

    private async Task<Fetched<(string? Hidden, SightKind Kind)>> AskAsync(ErrorQuestion question, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var errors = question.Errors;
        var isThere = false;
        foreach (var (name, matchers) in question.Without)
        {
            var bare = await fetch.PresentAsync(InPlace(errors).With(matchers), at, cancellationToken);
            if (bare.Cause is not null) return bare.Then(_ => (default(string?), SightKind.Unknown));
            isThere |= !bare.Value.IsEmpty;
            if (!bare.Value.IsEmpty && Missing(errors.NeededLabels, bare.Value) is { } missing)
                return Hidden($"the errors of {name} can't be seen: they are selected by the label {missing}, which its series of {errors.NameAlone()} don't have; they have {MissingLabels.Labels(bare.Value)}");
        }

        if (isThere) return Found(SightKind.Visible);
        if (!question.OfAll) return Found(SightKind.Lacking);
        var any = await fetch.PresentAsync(errors, at, cancellationToken);
        if (any.Cause is not null) return any.Then(_ => (default(string?), SightKind.Unknown));
        return any.Value.IsEmpty ? await OfNobodyAsync(errors, at, cancellationToken) : await OfNeitherAsync(question, any.Value, at, cancellationToken);
    }

    /// <summary>The errors' selector finds no series at all.</summary>
    private async Task<Fetched<(string? Hidden, SightKind Kind)>> OfNobodyAsync(SeriesSelector errors, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (errors.Metric is null) return Found(SightKind.Past);
        var past = await fetch.PresentAsync($"count(last_over_time({InPlace(errors)}[1d]))", at, cancellationToken);
        return past.Then(series => series.IsEmpty
            ? Hidden($"the errors can't be seen: there was no series of {errors.NameAlone()} here within the last day; check the name, let the counter start at 0, or select errors from the requests' metric")
            : Found(SightKind.Past));
    }

    /// <summary>The errors' selector finds series, and none that belong to a side.</summary>
    private async Task<Fetched<(string? Hidden, SightKind Kind)>> OfNeitherAsync(ErrorQuestion question, ImmutableArray<RawSeries> any, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (errors, side) = (question.Errors, question.Without[0].Matchers);
        var labels = side.Where(matcher => matcher.NeedsLabel).Select(matcher => matcher.Label).ToImmutableHashSet(StringComparer.Ordinal);
        if (Missing(labels, any) is { } missing)
            return Hidden($"the errors can't be told apart by {Sides.Describe(side)}: the series of {errors} have no label {missing}; they have {MissingLabels.Labels(any)}");

        // A label that names where a counter is: on other targets than the requests' it will never have the side's value.
        if (!labels.Contains(target ?? "pod") && !labels.Contains("instance")) return Found(SightKind.Lacking);
        var present = await fetch.PresentAsync(question.Requests, at, cancellationToken);
        if (present.Cause is not null) return present.Then(_ => (default(string?), SightKind.Unknown));
        var (ours, theirs) = (Targets(present.Value), Targets(any));
        return ours.Count > 0 && theirs.Count > 0 && !ours.Overlaps(theirs)
            ? Hidden($"the errors are counted on {theirs.Min}, requests on {ours.Min}, and no series of {errors} matches {Sides.Describe(side)}: set canary and stable to a label that both have, such as one that names the version")
            : Found(SightKind.Lacking);
    }

    /// <summary>The errors' metric by its name, and where its series say where they are, there: another place's service may have a metric of the same name.</summary>
    private static SeriesSelector InPlace(SeriesSelector errors) =>
        errors.NameAlone().With(errors.Matchers.Where(matcher => SideFactsReader.OfTargets.Contains(matcher.Label)).Select(matcher => matcher.Operator switch
        {
            MatchOperator.Equal => LabelMatcher.OneOf(matcher.Label, matcher.Value, ""),
            MatchOperator.Matches => matcher with { Value = $"(?:{matcher.Value})|" },
            _ => matcher,
        }));

    private SortedSet<string> Targets(ImmutableArray<RawSeries> series) => new(SeriesTable.Of(series, target).Seen(long.MinValue, long.MaxValue), StringComparer.Ordinal);

    private static string? Missing(ImmutableHashSet<string> needed, ImmutableArray<RawSeries> series) =>
        needed.Order(StringComparer.Ordinal).FirstOrDefault(label => series.All(one => one.Label(label).Length == 0));

    private static Fetched<(string? Hidden, SightKind Kind)> Hidden(string why) => new((why, SightKind.Unknown), null, default);

    private static Fetched<(string? Hidden, SightKind Kind)> Found(SightKind kind) => new((null, kind), null, default);
}
