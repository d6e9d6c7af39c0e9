using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>A pod template: opaque JSON with a label.</summary>
/// <param name="Json">The template as raw JSON, with the API server's defaults.</param>
/// <param name="Hash">Its pod hash, by our own algorithm.</param>
/// <param name="Labels">Its labels.</param>
public sealed record PodTemplate(string Json, string Hash, ImmutableSortedDictionary<string, string> Labels)
{
    /// <summary>What it was before the API server's defaults, as a digest; empty where a workload has it.</summary>
    public string Origin { get; init; } = "";
}
