using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Which templates are run, and with what.</summary>
public sealed class RolloutAnalysis
{
    /// <summary>The templates, combined into one AnalysisRun.</summary>
    public List<Template>? Templates { get; set; }

    /// <summary>Values for the templates' arguments.</summary>
    public List<Argument>? Args { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>How many measurements of a metric are kept.</summary>
    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    /// <summary>Labels and annotations for the AnalysisRun.</summary>
    public AddedMetadata? AnalysisRunMetadata { get; set; }

    /// <summary>Names a template.</summary>
    public sealed class Template
    {
        /// <summary>Name of the template.</summary>
        public string? TemplateName { get; set; }

        /// <summary>Whether it is a ClusterAnalysisTemplate.</summary>
        public bool? ClusterScope { get; set; }
    }

    /// <summary>A value for one argument of the templates.</summary>
    public sealed class Argument
    {
        /// <summary>Name of the argument.</summary>
        public required string Name { get; set; }

        /// <summary>The value itself.</summary>
        public string? Value { get; set; }

        /// <summary>Where the value is found instead.</summary>
        public ArgumentSource? ValueFrom { get; set; }
    }

    /// <summary>Where an argument's value is found; one of its members is set.</summary>
    public sealed class ArgumentSource
    {
        /// <summary>The pod hash of the Stable or of the Latest version.</summary>
        public string? PodTemplateHashValue { get; set; }

        /// <summary>A field of the Rollout.</summary>
        public FieldReference? FieldRef { get; set; }
    }
}
