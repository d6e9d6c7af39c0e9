using System.Collections.Immutable;
using System.Text;

namespace CanaryAnalyzer.Core.Templates.Selectors;

/// <summary>A PromQL query into each of whose selectors further conditions can be put, so that it reads one side's series alone; everything else stays as it was written.</summary>
public sealed class SeriesQuery
{
    private readonly ImmutableArray<string> _between;

    /// <param name="between">The text before each selector, and the text after the last one.</param>
    /// <param name="selectors">The selectors, in the order written; at least one.</param>
    internal SeriesQuery(ImmutableArray<string> between, ImmutableArray<SeriesSelector> selectors)
    {
        _between = between;
        Selectors = selectors;
    }

    /// <summary>The selectors of the query, in the order written; at least one.</summary>
    public ImmutableArray<SeriesSelector> Selectors { get; }

    /// <summary>Reads a query of Prometheus 2 or 3; comments are left out.</summary>
    /// <param name="text">The query.</param>
    /// <param name="error">What can't be understood, at which character (from 1); empty where all is well.</param>
    /// <returns>The query; null where any part of it can't be told for certain to be a selector or none.</returns>
    public static SeriesQuery? TryParse(string text, out string error) => new SeriesQueryParser(text).Query(out error);

    /// <summary>The query as PromQL, with more conditions in each selector.</summary>
    public string With(IEnumerable<LabelMatcher> matchers)
    {
        ImmutableArray<LabelMatcher> added = [.. matchers];
        var query = new StringBuilder(_between[0]);
        for (var i = 0; i < Selectors.Length; i++) query.Append(Selectors[i].With(added)).Append(_between[i + 1]);
        return query.ToString();
    }

    /// <summary>The query as PromQL.</summary>
    public override string ToString() => With([]);
}
