namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>State of a canary release.</summary>
public sealed class CanaryStatus
{
    /// <summary>The AnalysisRun of the step at work.</summary>
    public AnalysisRunSummary? CurrentStepAnalysisRunStatus { get; set; }

    /// <summary>The AnalysisRun beside the steps.</summary>
    public AnalysisRunSummary? CurrentBackgroundAnalysisRunStatus { get; set; }

    /// <summary>Name of the Experiment of the step at work.</summary>
    public string? CurrentExperiment { get; set; }

    /// <summary>How traffic is split.</summary>
    public TrafficWeights? Weights { get; set; }

    /// <summary>The release under way; CanaryAnalyzer's own.</summary>
    public ReleaseSummary? Release { get; set; }

    /// <summary>Which of the ping-pong Services is stable: ping or pong.</summary>
    public string? StablePingPong { get; set; }

    /// <summary>What the step plugins have said.</summary>
    public List<StepPluginStatus>? StepPluginStatuses { get; set; }
}
