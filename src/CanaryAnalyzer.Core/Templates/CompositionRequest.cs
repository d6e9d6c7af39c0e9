using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>What a Rollout's analysis, a PromotionPolicy or an Experiment wants to be measured.</summary>
public sealed record CompositionRequest
{
    /// <summary>Where the request stands, for messages, such as <c>spec.strategy.canary.steps[1].analysis</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The templates that it names.</summary>
    public required ImmutableArray<TemplateReference> Templates { get; init; }

    /// <summary>The arguments that it gives, with their values; those that no template takes are ignored.</summary>
    public ImmutableArray<ArgumentSpec> Args { get; init; } = [];

    /// <summary>Its dry-run rules; the templates' are added.</summary>
    public ImmutableArray<string> DryRun { get; init; } = [];

    /// <summary>Its retention rules; the templates' are added.</summary>
    public ImmutableArray<RetentionRule> MeasurementRetention { get; init; } = [];

    /// <summary>Whether all metrics must end by themselves: a step waits for them.</summary>
    public bool MustBeFinite { get; init; }

    /// <summary>The value of a field of the Rollout by its path; null where the field is none.</summary>
    public Func<string, string?> FieldValue { get; init; } = _ => null;
}
