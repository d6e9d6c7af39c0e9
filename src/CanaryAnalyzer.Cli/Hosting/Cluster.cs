using CanaryAnalyzer.Client.Reading;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>The cluster and the namespace that the global options name.</summary>
internal sealed class Cluster(ClusterConnection connection, string? chosenNamespace) : IDisposable
{
    public IResourceClient Resources => connection.Resources;

    /// <summary>The cluster's Services, through its API server.</summary>
    public ServiceProxy Services => new(connection);

    public string Namespace { get; } = string.IsNullOrEmpty(chosenNamespace) ? connection.Namespace : chosenNamespace;

    /// <summary>The namespace with its Rollouts.</summary>
    public ClusterNamespace Objects => new(Resources, Namespace);

    public void Dispose() => connection.Dispose();
}
