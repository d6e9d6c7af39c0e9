namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>One reason for which a release is paused.</summary>
public sealed class PauseCondition
{
    /// <summary>InconclusiveAnalysisRun, InconclusiveExperiment, CanaryPauseStep or BlueGreenPause.</summary>
    public required string Reason { get; set; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StartTime { get; set; }
}
