using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Both sides in one request: matchers that find the series of both, and what tells them apart in the answer.</summary>
internal sealed class JoinedSides
{
    private readonly SeriesPart _canary;
    private readonly SeriesPart _stable;

    private JoinedSides(ImmutableArray<LabelMatcher> matchers, SeriesPart canary, SeriesPart stable) => (Matchers, _canary, _stable) = (matchers, canary, stable);

    /// <summary>The matchers for both sides.</summary>
    public ImmutableArray<LabelMatcher> Matchers { get; }

    /// <summary>The sides in one; null where they differ in more than what one label must be, or can't be told apart here exactly as Prometheus would.</summary>
    public static JoinedSides? Of(Sides sides)
    {
        var (canary, stable) = (sides.Canary.ToList(), sides.Stable.ToList());
        var both = sides.Canary.Where(stable.Remove).ToImmutableArray();
        if (!both.All(canary.Remove) || canary is not [var one] || stable is not [var other] || one.Label != other.Label || !Selects(one) || !Selects(other)) return null;
        return SeriesPart.Of([one]) is { } ofCanary && SeriesPart.Of([other]) is { } ofStable
            ? new JoinedSides([.. both, new LabelMatcher(one.Label, MatchOperator.Matches, $"{Expression(one)}|{Expression(other)}")], ofCanary, ofStable)
            : null;
    }

    /// <summary>The series of each side; null where it can't be told for certain of one of them.</summary>
    public (ImmutableArray<RawSeries> Canary, ImmutableArray<RawSeries> Stable)? Split(ImmutableArray<RawSeries> series) =>
        _canary.Among(series) is { } canary && _stable.Among(series) is { } stable ? (canary, stable) : null;

    private static bool Selects(LabelMatcher matcher) => matcher.Operator is MatchOperator.Equal or MatchOperator.Matches;

    private static string Expression(LabelMatcher matcher) => matcher.Operator == MatchOperator.Equal ? LabelMatcher.OneOf(matcher.Label, matcher.Value).Value : matcher.Value;
}
