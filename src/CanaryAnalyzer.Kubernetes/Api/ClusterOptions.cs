namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>Which API server to speak to, and as whom. With nothing set: what kubectl would take, else the pod's service account.</summary>
public sealed record ClusterOptions
{
    /// <summary>A kubeconfig file; null for those that KUBECONFIG names, else <c>~/.kube/config</c>, else the pod's service account.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>A context of the kubeconfig; null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Whether this process speaks TLS with no other server, so that it needs no authorities but the kubeconfig's.</summary>
    public bool IsOnlyPeer { get; init; }

    /// <summary>What the server's audit log knows this client as.</summary>
    public string UserAgent { get; init; } = "canary-analyzer";
}
