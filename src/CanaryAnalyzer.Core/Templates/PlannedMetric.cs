using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>A metric of a run, with what the run says about it.</summary>
public sealed record PlannedMetric
{
    /// <summary>The metric, with asterisks in the place of secrets.</summary>
    public required MetricSpec Spec { get; init; }

    /// <summary>Its place in the run's list, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Whether it is measured without consequence for the run.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many measurements are kept.</summary>
    public int Retention { get; init; } = RunPlan.DefaultRetention;

    /// <summary>The Secrets' entries that its arguments need.</summary>
    public ImmutableArray<SecretReference> Secrets { get; init; } = [];
}
