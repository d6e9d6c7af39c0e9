namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>State of a blue-green release.</summary>
public sealed class BlueGreenStatus
{
    /// <summary>Pod hash behind the preview Service.</summary>
    public string? PreviewSelector { get; set; }

    /// <summary>Pod hash behind the active Service.</summary>
    public string? ActiveSelector { get; set; }

    /// <summary>Whether the new version may have all its pods.</summary>
    public bool? ScaleUpPreviewCheckPoint { get; set; }

    /// <summary>The analysis before the switch.</summary>
    public AnalysisRunSummary? PrePromotionAnalysisRunStatus { get; set; }

    /// <summary>The analysis after the switch.</summary>
    public AnalysisRunSummary? PostPromotionAnalysisRunStatus { get; set; }
}
