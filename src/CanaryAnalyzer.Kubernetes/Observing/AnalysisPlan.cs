using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>What an analysis would run.</summary>
/// <param name="Spec">The AnalysisRun's spec; null where something stands against it.</param>
/// <param name="Errors">What stands against it.</param>
/// <param name="IsFinite">Whether every metric ends by itself.</param>
/// <param name="MaxDuration">The shortest <c>maxDuration</c> of its comparisons; null without one.</param>
/// <param name="MinDuration">The longest <c>minDuration</c> of its comparisons; null without one.</param>
/// <param name="Interval">The longest <c>interval</c> of its comparisons; null without one.</param>
public sealed record AnalysisPlan(
    JsonObject? Spec, ImmutableArray<SpecError> Errors, bool IsFinite, TimeSpan? MaxDuration, TimeSpan? MinDuration, TimeSpan? Interval)
{
    /// <summary>The comparisons that count, alone, which look on for harm between the pauses; null where there is none.</summary>
    public AnalysisRunSpec? Watch { get; init; }

    /// <summary>Whether one of its comparisons promotes at the end only.</summary>
    public bool PromotesAtEnd { get; init; }

    /// <summary>Whether one of its comparisons does not say when it promotes.</summary>
    public bool PromotesByDefault { get; init; }

    /// <summary>Whether it took a value from the Rollout, so that it holds for that Rollout alone.</summary>
    public bool ReadsRollout { get; init; }
}
