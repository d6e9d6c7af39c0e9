using System.ComponentModel.DataAnnotations;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Moves traffic and pods to the new version step by step.</summary>
/// <remarks>Weights are percent unless maxTrafficWeight says otherwise, which Argo's routers take.</remarks>
[Alternatives(
    """{"required":["trafficRouting"],"properties":{"trafficRouting":{"required":["maxTrafficWeight"]}}}""",
    """{"properties":{"steps":{"items":{"properties":{"setWeight":{"maximum":100}}}}}}""")]
public sealed class CanaryStrategy
{
    /// <summary>Name of the Service that selects the new version's pods only.</summary>
    public string? CanaryService { get; set; }

    /// <summary>Name of the Service that selects the stable version's pods only.</summary>
    public string? StableService { get; set; }

    /// <summary>The steps, in order; without any, pods are replaced as fast as maxSurge and maxUnavailable allow.</summary>
    public List<CanaryStep>? Steps { get; set; }

    /// <summary>How traffic is split; without it, by the number of pods.</summary>
    public TrafficRouting? TrafficRouting { get; set; }

    /// <summary>How many pods may be away, as a number or a percentage (rounded down); 25% if absent.</summary>
    [Shape(ValueShape.Pods, TakesArguments = false)]
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>How many pods there may be beyond the desired ones, as a number or a percentage (rounded up); 25% if absent. No effect with traffic routing.</summary>
    [Shape(ValueShape.Pods, TakesArguments = false)]
    public IntOrString? MaxSurge { get; set; }

    /// <summary>Analysis that runs beside the steps.</summary>
    public BackgroundAnalysis? Analysis { get; set; }

    /// <summary>Keeps pods of the new version away from those of the old one.</summary>
    public AntiAffinity? AntiAffinity { get; set; }

    /// <summary>Labels and annotations that pods carry while their version is the canary.</summary>
    public AddedMetadata? CanaryMetadata { get; set; }

    /// <summary>Labels and annotations that pods carry while their version is stable.</summary>
    public AddedMetadata? StableMetadata { get; set; }

    /// <summary>Seconds for which the old version keeps its pods; 30 if absent. Needs traffic routing, excludes dynamicStableScale.</summary>
    [Range(0, int.MaxValue)]
    public int? ScaleDownDelaySeconds { get; set; }

    /// <summary>How many old versions may keep their pods at the same time.</summary>
    [Range(0, int.MaxValue)]
    public int? ScaleDownDelayRevisionLimit { get; set; }

    /// <summary>Seconds for which an aborted canary keeps its pods; 30 if absent, 0 keeps them. Needs traffic routing.</summary>
    [Range(0, int.MaxValue)]
    public int? AbortScaleDownDelaySeconds { get; set; }

    /// <summary>Takes pods from the stable version as traffic moves away from it. Needs traffic routing.</summary>
    public bool? DynamicStableScale { get; set; }

    /// <summary>Two permanent Services that swap their roles at each release.</summary>
    public PingPongServices? PingPong { get; set; }

    /// <summary>Least number of pods of a version that has any. Needs traffic routing.</summary>
    [Range(1, int.MaxValue)]
    public int? MinPodsPerReplicaSet { get; set; }

    /// <summary>When a scaled canary counts as ready; when all its pods are, if absent.</summary>
    public ProgressThreshold? ReplicaProgressThreshold { get; set; }

    /// <summary>Analysis that runs beside the steps.</summary>
    public sealed class BackgroundAnalysis
    {
        /// <summary>The templates, combined into one AnalysisRun.</summary>
        public List<RolloutAnalysis.Template>? Templates { get; set; }

        /// <summary>Values for the templates' arguments.</summary>
        public List<RolloutAnalysis.Argument>? Args { get; set; }

        /// <summary>Metrics that are measured without deciding anything.</summary>
        public List<DryRun>? DryRun { get; set; }

        /// <summary>How many measurements of a metric are kept.</summary>
        public List<MeasurementRetention>? MeasurementRetention { get; set; }

        /// <summary>Labels and annotations for the AnalysisRun.</summary>
        public AddedMetadata? AnalysisRunMetadata { get; set; }

        /// <summary>Index of the step at which the analysis begins; 0 if absent. It never begins where there is no such step.</summary>
        [Range(0, int.MaxValue)]
        public int? StartingStep { get; set; }
    }

    /// <summary>Two permanent Services that swap their roles at each release.</summary>
    public sealed class PingPongServices
    {
        /// <summary>Name of the one Service.</summary>
        public required string PingService { get; set; }

        /// <summary>Name of the other Service.</summary>
        public required string PongService { get; set; }
    }

    /// <summary>How many of a canary's pods must be available for it to count as ready.</summary>
    public sealed class ProgressThreshold
    {
        /// <summary>Percent or Pods.</summary>
        [AllowedValues("Percent", "Pods")]
        public required string Type { get; set; }

        /// <summary>The number, in that unit.</summary>
        public required int Value { get; set; }
    }
}
