namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>Where and how fast leaders are elected. The times are Argo Rollouts'.</summary>
public sealed record LeaderOptions
{
    /// <summary>The lease's name, before the instance id.</summary>
    public const string LeaseName = "canary-analyzer-lock";

    /// <summary>
    /// The namespace that the lease is in; null for the pod's own, outside a pod <c>canary-analyzer</c> where that exists, else <c>kube-system</c>.
    /// </summary>
    public string? Namespace { get; init; }

    /// <summary>The instance id, for controllers that share a cluster by it; null or empty for none.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Who we are: unique for each process.</summary>
    public string Identity { get; init; } = $"{Environment.MachineName}_{Guid.NewGuid()}";

    /// <summary>How long others wait for a leader that says nothing before they take over.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a leader that can't renew its lease goes on.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time between two tries.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The lease's name.</summary>
    public string Lease => Leases.Name(LeaseName, InstanceId);
}
