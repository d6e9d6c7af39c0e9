using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>
/// Finds out whether a label that selects errors among the requests, and that no request has at present, comes with a failure alone, as OpenTelemetry's <c>error.type</c> does: series of the
/// last day have it, and all of them are failures.
/// </summary>
/// <param name="fetch">What is asked.</param>
/// <param name="memory">What looks before found out; what this one finds out is kept there.</param>
internal sealed class FailureLabels(SeriesFetch fetch, SightMemory memory)
{
    /// <summary>Of both sides, or of all that are counted.</summary>
    private const int All = 3;

    /// <summary>Answers a question about errors of the requests' own metric.</summary>
    public async Task<ErrorSight> FindAsync(ErrorQuestion question, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var missing = question.Errors.NeededOf(question.Requests).Where(label => !question.Canary.HasLabel(label) && !question.Stable.HasLabel(label)).Order(StringComparer.Ordinal).ToList();
        if (!question.OfAll || missing.Count == 0 || question.Canary.IsEmpty) return new ErrorSight(null);
        var optional = new ErrorSight(null, Remark(question)) { Optional = [.. missing] };
        if (memory.Young(All) == SightKind.Optional) return optional;
        var failed = await fetch.PresentAsync(OfDay(question.Errors), at, cancellationToken);
        var labelled = await fetch.PresentAsync(OfDay(question.Requests.With(missing.Select(label => new LabelMatcher(label, MatchOperator.NotEqual, "")))), at, cancellationToken);
        if ((failed.Cause ?? labelled.Cause) is { } cause)
            return memory.Last(All) == SightKind.Optional ? optional : new ErrorSight($"no request has the label {missing[0]}, and it could not be checked whether failures have it: {cause}");
        if (failed.Value.IsEmpty)
        {
            return new ErrorSight(
                $"the errors can't be seen: they are selected by the label {missing[0]}, which no request had within the last day (nothing failed, or the label is wrong); select errors by a label that every request has, such as http_response_status_code=~\"5..\"");
        }

        // Where requests that did not fail had it, too, it was renamed since: counting says so.
        if (Count(labelled.Value) > Count(failed.Value)) return new ErrorSight(null);
        memory.Keep(All, SightKind.Optional);
        return optional;
    }

    private static string Remark(ErrorQuestion question) => $"there is no series of {question.Errors} at present, which is right where nothing failed yet: are its labels right?";

    private static string OfDay(SeriesSelector selector) => $"count(last_over_time({selector}[1d]))";

    private static double Count(ImmutableArray<RawSeries> counted) => counted is [{ Samples: [.., var last] }, ..] ? last.Value : 0;
}
