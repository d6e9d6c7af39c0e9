namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;

/// <summary>State of one version of an Experiment.</summary>
public sealed class ExperimentTemplateStatus
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
