using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>Which templates an analysis runs, and with what arguments.</summary>
public sealed record RolloutAnalysis
{
    /// <summary>The templates; at least one.</summary>
    public required ImmutableArray<AnalysisTemplateReference> Templates { get; init; }

    /// <summary>The arguments given to them.</summary>
    public ImmutableArray<AnalysisArgument> Arguments { get; init; } = [];

    /// <summary>Patterns of the metrics that are measured and not judged.</summary>
    public ImmutableArray<string> DryRun { get; init; } = [];

    /// <summary>How many measurements are kept, by pattern of the metric's name.</summary>
    public ImmutableArray<MeasurementRetention> Retention { get; init; } = [];

    /// <summary>Labels that the AnalysisRun gets besides our own.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Annotations that the AnalysisRun gets besides our own.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
