namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Names the workload whose pod template is delivered.</summary>
public sealed class WorkloadReference
{
    /// <summary>API group and version of the workload.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Deployment, ReplicaSet or PodTemplate.</summary>
    public string? Kind { get; set; }

    /// <summary>Name of the workload, in the Rollout's namespace.</summary>
    public string? Name { get; set; }

    /// <summary>Whether the workload gives up its pods: never (also if absent), onsuccess or progressively.</summary>
    public string? ScaleDown { get; set; }
}
