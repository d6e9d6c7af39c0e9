namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Runs the new version beside the old one and switches all traffic at once.</summary>
public sealed class BlueGreenStrategy
{
    /// <summary>Name of the Service that production traffic goes through.</summary>
    public required string ActiveService { get; set; }

    /// <summary>Name of the Service that points at the new version at once.</summary>
    public string? PreviewService { get; set; }

    /// <summary>Number of pods of the new version before the switch; spec.replicas if absent.</summary>
    public int? PreviewReplicaCount { get; set; }

    /// <summary>Switches without a human; true if absent.</summary>
    public bool? AutoPromotionEnabled { get; set; }

    /// <summary>Seconds to wait before switching without a human; 0 if absent.</summary>
    public int? AutoPromotionSeconds { get; set; }

    /// <summary>How many pods may be away during a restart, as a number or a percentage; 25% if absent.</summary>
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>Seconds for which the old version keeps its pods after the switch; 30 if absent.</summary>
    public int? ScaleDownDelaySeconds { get; set; }

    /// <summary>How many old versions may keep their pods at the same time.</summary>
    public int? ScaleDownDelayRevisionLimit { get; set; }

    /// <summary>Analysis that must succeed before the switch.</summary>
    public RolloutAnalysis? PrePromotionAnalysis { get; set; }

    /// <summary>Analysis that must succeed after the switch; else traffic goes back.</summary>
    public RolloutAnalysis? PostPromotionAnalysis { get; set; }

    /// <summary>Keeps pods of the new version away from those of the old one.</summary>
    public AntiAffinity? AntiAffinity { get; set; }

    /// <summary>Labels and annotations that pods carry while their version is previewed.</summary>
    public AddedMetadata? PreviewMetadata { get; set; }

    /// <summary>Labels and annotations that pods carry while their version is active.</summary>
    public AddedMetadata? ActiveMetadata { get; set; }

    /// <summary>Seconds for which an aborted version keeps its pods; 30 if absent, 0 keeps them.</summary>
    public int? AbortScaleDownDelaySeconds { get; set; }
}
