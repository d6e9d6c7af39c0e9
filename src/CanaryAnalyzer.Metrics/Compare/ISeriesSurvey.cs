using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Tells what a comparison would find, without judging it.</summary>
public interface ISeriesSurvey
{
    /// <summary>Looks for both sides of each measure, as a look would.</summary>
    /// <param name="spec">The comparison.</param>
    /// <param name="arguments">The run's arguments by name.</param>
    /// <param name="at">The instant; the five minutes before it are read.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A measure each, in the comparison's order; what goes wrong outside is part of it, no exception.</returns>
    Task<ImmutableArray<MeasureSurvey>> SidesAsync(CompareSpec spec, ImmutableDictionary<string, string> arguments, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Looks at all series of each measure, whatever side they belong to; both sides of the answer are the same.</summary>
    /// <param name="spec">The comparison.</param>
    /// <param name="at">The instant; the five minutes before it are read.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<ImmutableArray<MeasureSurvey>> AllAsync(CompareSpec spec, DateTimeOffset at, CancellationToken cancellationToken);
}
