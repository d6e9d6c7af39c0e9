using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>A cluster that routers are tried on.</summary>
public interface IRouterCluster : IAsyncLifetime
{
    /// <summary>The API server, or a skipped test with the reason.</summary>
    IResourceClient Client { get; }

    /// <summary>A namespace of this run's own.</summary>
    string Namespace { get; }

    /// <summary>Installs a kind, where it is not there.</summary>
    /// <param name="definitions">The files with its definition, relative to the repository's root.</param>
    /// <param name="type">The kind.</param>
    Task InstallAsync(IReadOnlyList<string> definitions, ResourceType type);
}
