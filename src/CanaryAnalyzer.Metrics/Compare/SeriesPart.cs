using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>A selector that finds a part of another's series, such as the errors among the requests, so that one request has both.</summary>
internal sealed class SeriesPart
{
    private readonly ImmutableArray<LabelFilter> _filters;

    private SeriesPart(ImmutableArray<LabelFilter> filters) => _filters = filters;

    /// <summary>The part that a selector finds; null where it doesn't have all conditions of the whole, or can't be applied here exactly as Prometheus would.</summary>
    public static SeriesPart? Of(SeriesSelector whole, SeriesSelector part)
    {
        if (!string.Equals(whole.Name, part.Name, StringComparison.Ordinal)) return null;
        var further = part.Matchers.ToList();
        return whole.Matchers.All(further.Remove) ? Of(further) : null;
    }

    /// <summary>The part that further conditions find; null where they can't be applied here exactly as Prometheus would.</summary>
    public static SeriesPart? Of(IEnumerable<LabelMatcher> further)
    {
        var filters = further.Select(LabelFilter.TryCreate).ToList();
        return filters.Contains(null) ? null : new SeriesPart([.. filters.OfType<LabelFilter>()]);
    }

    /// <summary>The series of the part, in their order; null where it can't be told for certain of one of them.</summary>
    public ImmutableArray<RawSeries>? Among(ImmutableArray<RawSeries> whole)
    {
        var found = ImmutableArray.CreateBuilder<RawSeries>();
        foreach (var series in whole)
        {
            if (Matches(series) is not { } matches) return null;
            if (matches) found.Add(series);
        }

        return found.DrainToImmutable();
    }

    private bool? Matches(RawSeries series)
    {
        foreach (var filter in _filters)
        {
            if (filter.Matches(series) is not true and var answer) return answer;
        }

        return true;
    }
}
