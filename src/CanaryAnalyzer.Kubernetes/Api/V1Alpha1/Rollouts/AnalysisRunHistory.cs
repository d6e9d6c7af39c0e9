namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>How many finished AnalysisRuns and Experiments a Rollout keeps.</summary>
public sealed class AnalysisRunHistory
{
    /// <summary>Number of successful ones; 5 if absent.</summary>
    public int? SuccessfulRunHistoryLimit { get; set; }

    /// <summary>Number of failed, inconclusive and erroneous ones; 5 if absent.</summary>
    public int? UnsuccessfulRunHistoryLimit { get; set; }
}
