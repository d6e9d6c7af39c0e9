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
    public List<TemplateStatus>? TemplateStatuses { get; set; }

    /// <summary>The state by aspects: InvalidSpec, Completed, Progressing, Running, ReplicaFailure.</summary>
    public List<Condition>? Conditions { get; set; }

    /// <summary>State of the analyses.</summary>
    public List<AnalysisStatus>? AnalysisRuns { get; set; }

    /// <summary>State of one version of an Experiment.</summary>
    public sealed class TemplateStatus
    {
        /// <summary>Name of the version.</summary>
        public required string Name { get; set; }

        /// <summary>Number of its pods.</summary>
        public int? Replicas { get; set; }

        /// <summary>Number of its pods that have the template.</summary>
        public int? UpdatedReplicas { get; set; }

        /// <summary>Number of its ready pods.</summary>
        public int? ReadyReplicas { get; set; }

        /// <summary>Number of its available pods.</summary>
        public int? AvailableReplicas { get; set; }

        /// <summary>How often the pod hash had to be salted.</summary>
        public int? CollisionCount { get; set; }

        /// <summary>Progressing, Running, Successful, Failed or Error.</summary>
        public string? Status { get; set; }

        /// <summary>Why it is in this state.</summary>
        public string? Message { get; set; }

        /// <summary>When the state last changed.</summary>
        public DateTimeOffset? LastTransitionTime { get; set; }

        /// <summary>Name of its Service.</summary>
        public string? ServiceName { get; set; }

        /// <summary>Hash of its pod template.</summary>
        public string? PodTemplateHash { get; set; }
    }

    /// <summary>State of one analysis of an Experiment.</summary>
    public sealed class AnalysisStatus
    {
        /// <summary>Name of the analysis.</summary>
        public required string Name { get; set; }

        /// <summary>Name of its AnalysisRun.</summary>
        public required string AnalysisRun { get; set; }

        /// <summary>Phase of the AnalysisRun.</summary>
        public required string Phase { get; set; }

        /// <summary>Message of the AnalysisRun.</summary>
        public string? Message { get; set; }
    }
}
