using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>One series with the samples that a window showed.</summary>
/// <param name="Labels">Its labels, the metric's name among them.</param>
/// <param name="Samples">Its samples, oldest first.</param>
public sealed record RawSeries(IReadOnlyDictionary<string, string> Labels, ImmutableArray<RawSample> Samples)
{
    /// <summary>Its samples that are native histograms, oldest first; a series has these or <see cref="Samples"/>.</summary>
    public ImmutableArray<RawHistogram> Histograms { get; init; } = [];

    /// <summary>A label's value; empty where the series has no such label.</summary>
    public string Label(string name) => Labels.GetValueOrDefault(name, "");
}
