using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>A step that runs an Experiment.</summary>
public sealed class ExperimentStep
{
    /// <summary>The versions to run.</summary>
    public required List<Version> Templates { get; set; }

    /// <summary>How long, such as 5m; until the analyses are done, if absent.</summary>
    public string? Duration { get; set; }

    /// <summary>The analyses to run meanwhile.</summary>
    public List<Analysis>? Analyses { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>Labels and annotations for the AnalysisRuns.</summary>
    public AddedMetadata? AnalysisRunMetadata { get; set; }

    /// <summary>Seconds for which the pods are kept at the end; 30 if absent.</summary>
    public int? ScaleDownDelaySeconds { get; set; }

    /// <summary>One version that an Experiment of a step runs.</summary>
    public sealed class Version
    {
        /// <summary>Name of the version within the Experiment.</summary>
        public required string Name { get; set; }

        /// <summary>Whose pod template it has: canary or stable.</summary>
        public required string SpecRef { get; set; }

        /// <summary>Number of pods; 1 if absent.</summary>
        public int? Replicas { get; set; }

        /// <summary>Labels and annotations for its pods.</summary>
        public AddedMetadata? Metadata { get; set; }

        /// <summary>Selects its pods; the Rollout's selector if absent.</summary>
        public LabelSelector? Selector { get; set; }

        /// <summary>Percentage of traffic for it.</summary>
        public int? Weight { get; set; }

        /// <summary>A Service for it; none if absent.</summary>
        public Service? Service { get; set; }
    }

    /// <summary>A Service for one version of an Experiment.</summary>
    public sealed class Service
    {
        /// <summary>Name of the Service; made up if absent.</summary>
        public string? Name { get; set; }
    }

    /// <summary>One analysis of an Experiment that a step runs.</summary>
    public sealed class Analysis
    {
        /// <summary>Name of the analysis within the Experiment.</summary>
        public required string Name { get; set; }

        /// <summary>Name of the template.</summary>
        public required string TemplateName { get; set; }

        /// <summary>Whether it is a ClusterAnalysisTemplate.</summary>
        public bool? ClusterScope { get; set; }

        /// <summary>Values for the template's arguments.</summary>
        public List<RolloutAnalysis.Argument>? Args { get; set; }

        /// <summary>Whether the Experiment waits for it.</summary>
        public bool? RequiredForCompletion { get; set; }
    }
}
