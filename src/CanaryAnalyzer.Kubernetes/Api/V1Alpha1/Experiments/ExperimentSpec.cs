using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;

/// <summary>What an Experiment runs.</summary>
public sealed class ExperimentSpec
{
    /// <summary>The versions.</summary>
    public required List<Version> Templates { get; set; }

    /// <summary>How long, such as 5m; until the analyses are done or it is terminated, if absent.</summary>
    public string? Duration { get; set; }

    /// <summary>Seconds without progress after which it counts as failed; 600 if absent.</summary>
    public int? ProgressDeadlineSeconds { get; set; }

    /// <summary>Ends the Experiment.</summary>
    public bool? Terminate { get; set; }

    /// <summary>Analyses that run meanwhile.</summary>
    public List<Analysis>? Analyses { get; set; }

    /// <summary>Seconds for which the pods are kept at the end; 30 if absent.</summary>
    public int? ScaleDownDelaySeconds { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>How many measurements of a metric are kept.</summary>
    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    /// <summary>Labels and annotations for the AnalysisRuns.</summary>
    public AddedMetadata? AnalysisRunMetadata { get; set; }

    /// <summary>One version that an Experiment runs.</summary>
    public sealed class Version
    {
        /// <summary>Name of the version within the Experiment.</summary>
        public required string Name { get; set; }

        /// <summary>Number of pods; 1 if absent.</summary>
        public int? Replicas { get; set; }

        /// <summary>Seconds for which a new pod must be ready before it counts as available; 0 if absent.</summary>
        public int? MinReadySeconds { get; set; }

        /// <summary>Selects its pods.</summary>
        public required LabelSelector Selector { get; set; }

        /// <summary>The pod template.</summary>
        [PodTemplate]
        public required JsonElement Template { get; set; }

        /// <summary>A Service for it; none if absent.</summary>
        public Service? Service { get; set; }
    }

    /// <summary>A Service for one version of an Experiment.</summary>
    public sealed class Service
    {
        /// <summary>Name of the Service; made up if absent.</summary>
        public string? Name { get; set; }
    }

    /// <summary>One analysis of an Experiment.</summary>
    public sealed class Analysis
    {
        /// <summary>Name of the analysis within the Experiment.</summary>
        public required string Name { get; set; }

        /// <summary>Name of the template.</summary>
        public required string TemplateName { get; set; }

        /// <summary>Whether it is a ClusterAnalysisTemplate.</summary>
        public bool? ClusterScope { get; set; }

        /// <summary>Values for the template's arguments.</summary>
        public List<Argument>? Args { get; set; }

        /// <summary>Whether the Experiment waits for it.</summary>
        public bool? RequiredForCompletion { get; set; }
    }
}
