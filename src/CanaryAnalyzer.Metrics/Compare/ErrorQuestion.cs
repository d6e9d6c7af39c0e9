using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Whether the errors of sides that have no series of them could be seen.</summary>
/// <param name="Requests">The selector of the requests.</param>
/// <param name="Errors">The selector of the errors.</param>
/// <param name="Without">The sides without any series of errors: their names and matchers.</param>
/// <param name="OfAll">Whether these are all sides that are counted.</param>
internal sealed record ErrorQuestion(SeriesSelector Requests, SeriesSelector Errors, ImmutableArray<(string Name, ImmutableArray<LabelMatcher> Matchers)> Without, bool OfAll)
{
    /// <summary>The canary's requests.</summary>
    public required SeriesTable Canary { get; init; }

    /// <summary>The stable side's requests; empty where it isn't counted.</summary>
    public SeriesTable Stable { get; init; } = SeriesTable.Empty;

    /// <summary>The stable side's errors; empty where they aren't counted.</summary>
    public SeriesTable StableErrors { get; init; } = SeriesTable.Empty;
}
