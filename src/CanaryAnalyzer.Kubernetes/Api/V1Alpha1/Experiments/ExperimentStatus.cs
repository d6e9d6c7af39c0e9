namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;

/// <summary>What came of an Experiment so far.</summary>
public sealed class ExperimentStatus
{
    /// <summary>Pending, Running, Successful, Failed, Error or Inconclusive.</summary>
    public string? Phase { get; set; }

    /// <summary>Why it is in this phase.</summary>
    public string? Message { get; set; }

    /// <summary>When all versions were available.</summary>
    public DateTimeOffset? AvailableAt { get; set; }

    /// <summary>State of the versions.</summary>
    public List<ExperimentTemplateStatus>? TemplateStatuses { get; set; }

    /// <summary>The state by aspects: InvalidSpec, Completed, Progressing, Running, ReplicaFailure.</summary>
    public List<Condition>? Conditions { get; set; }

    /// <summary>State of the analyses.</summary>
    public List<ExperimentAnalysisStatus>? AnalysisRuns { get; set; }
}
