using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>What stands in the <c>spec</c> of an AnalysisTemplate or ClusterAnalysisTemplate.</summary>
public sealed record AnalysisTemplateSpec
{
    /// <summary>The metrics as JSON, their arguments not yet in place.</summary>
    public ImmutableArray<JsonElement> Metrics { get; init; } = [];

    /// <summary>The arguments that the template takes, with their defaults.</summary>
    public ImmutableArray<ArgumentSpec> Args { get; init; } = [];

    /// <summary>Regular expressions for the names of metrics that are measured without consequence.</summary>
    public ImmutableArray<string> DryRun { get; init; } = [];

    /// <summary>How many measurements to keep.</summary>
    public ImmutableArray<RetentionRule> MeasurementRetention { get; init; } = [];

    /// <summary>Templates that this one is made of.</summary>
    public ImmutableArray<TemplateReference> Templates { get; init; } = [];

    /// <summary>Reads a template's <c>spec</c>.</summary>
    /// <param name="spec">The <c>spec</c> object.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="errors">Everything that is wrong is added here; metrics are checked by <see cref="TemplateComposer"/>.</param>
    public static AnalysisTemplateSpec? TryRead(JsonElement spec, string path, ICollection<SpecError> errors) => SpecReader.Open(spec, path, errors) is not { } reader ? null : new AnalysisTemplateSpec
    {
        Metrics = [.. reader.Items("metrics", "a list of metrics").Select(metric => metric.Clone())],
        Args = AnalysisFields.Arguments(reader),
        DryRun = AnalysisFields.DryRun(reader),
        MeasurementRetention = AnalysisFields.Retention(reader),
        Templates = AnalysisFields.Templates(reader),
    };
}
