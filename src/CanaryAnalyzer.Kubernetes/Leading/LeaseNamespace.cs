using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>
/// Where the leader's Lease is when nobody says so: the pod's own namespace; outside a pod that of an installation, so that a process beside one sees its
/// leader, else one that every cluster has. Never the kubeconfig's: two users' contexts would give two leaders.
/// </summary>
internal static class LeaseNamespace
{
    /// <summary>The namespace that deploy/base installs into.</summary>
    public const string Installation = "canary-analyzer";

    /// <summary>The namespace where there is no installation.</summary>
    public const string Fallback = "kube-system";

    private const string ServiceAccountFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    /// <summary>Finds it.</summary>
    /// <exception cref="ResourceException">The API server could not be asked whether there is an installation.</exception>
    public static async Task<string> FindAsync(IResourceClient client, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("POD_NAMESPACE") is { Length: > 0 } ours) return ours;
        if (File.Exists(ServiceAccountFile)) return (await File.ReadAllTextAsync(ServiceAccountFile, cancellationToken)).Trim();
        try
        {
            return await client.GetAsync(ResourceType.Namespaces, new ResourceKey(null, Installation), cancellationToken) is null ? Fallback : Installation;
        }
        catch (ResourceException exception) when (exception.IsForbidden)
        {
            return Installation;
        }
    }
}
