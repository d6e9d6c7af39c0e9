using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Templates.Selectors;

/// <summary>A PromQL selector of series: a metric's name and conditions on labels, without range, offset or functions.</summary>
public sealed class SeriesSelector
{
    internal SeriesSelector(string? name, ImmutableArray<LabelMatcher> matchers)
    {
        Name = name;
        Matchers = matchers;
    }

    /// <summary>The metric's name; null where only labels are given.</summary>
    public string? Name { get; }

    /// <summary>The conditions on labels, in the order written.</summary>
    public ImmutableArray<LabelMatcher> Matchers { get; }

    /// <summary>The one metric that is selected, named before the braces or within them; null where it may be several.</summary>
    public string? Metric => Name ?? Matchers.FirstOrDefault(matcher => matcher is { Label: "__name__", Operator: MatchOperator.Equal })?.Value;

    /// <summary>The labels that every series has which this selects; the metric's name is none of them.</summary>
    public ImmutableHashSet<string> NeededLabels => [.. Matchers.Where(matcher => matcher.Label != "__name__" && matcher.NeedsLabel).Select(matcher => matcher.Label)];

    /// <summary>The labels that series of a whole must have, so that this can select a part of them; empty where the two are different metrics, of whose labels the whole's say nothing.</summary>
    public ImmutableHashSet<string> NeededOf(SeriesSelector whole) => Metric is { } metric && metric == whole.Metric ? NeededLabels : [];

    /// <summary>Reads a selector such as <c>http_requests_total{code=~"5.."}</c>.</summary>
    /// <param name="text">The selector; anything beyond one (functions, ranges, offsets) is refused.</param>
    /// <param name="error">What is wrong, at which character (from 1), and what to write instead; empty where all is well.</param>
    /// <returns>The selector; null where the text is none.</returns>
    public static SeriesSelector? TryParse(string text, out string error) => new SelectorParser(text).Selector(out error);

    /// <summary>Reads conditions alone, as they stand between braces: <c>pod=~"web-.*", job="web"</c>.</summary>
    /// <param name="text">One matcher or several, parted by commas, without braces.</param>
    /// <param name="error">What is wrong, as for <see cref="TryParse"/>.</param>
    /// <returns>The matchers, at least one; default where the text holds none.</returns>
    public static ImmutableArray<LabelMatcher> TryParseMatchers(string text, out string error) => new SelectorParser(text).MatchersAlone(out error);

    /// <summary>This selector with more conditions.</summary>
    public SeriesSelector With(IEnumerable<LabelMatcher> matchers) => new(Name, Matchers.AddRange(matchers));

    /// <summary>This selector without any condition but the metric's name.</summary>
    public SeriesSelector NameAlone() => new(Name, [.. Matchers.Where(matcher => matcher.Label == "__name__")]);

    /// <summary>This selector of a metric whose name is longer, such as a histogram's <c>_bucket</c> series.</summary>
    public SeriesSelector WithSuffix(string suffix) => new(Name + suffix, Matchers);

    /// <summary>This selector of two metrics: the one of its name, and the one whose name is longer.</summary>
    public SeriesSelector WithOrWithoutSuffix(string suffix) => new(null, Matchers.Insert(0, LabelMatcher.OneOf("__name__", Name!, Name + suffix)));

    /// <summary>The selector as PromQL.</summary>
    public override string ToString()
    {
        var matchers = Matchers.Select(matcher => matcher.ToString());
        if (Name is null) return "{" + string.Join(',', matchers) + "}";
        if (!SelectorText.IsPlain(Name, colons: true)) return "{" + string.Join(',', matchers.Prepend(SelectorText.Quote(Name))) + "}";
        return Matchers.IsEmpty ? Name : Name + "{" + string.Join(',', matchers) + "}";
    }
}
