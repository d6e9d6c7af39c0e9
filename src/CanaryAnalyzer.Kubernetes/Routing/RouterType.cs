using System.Collections.Immutable;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Routing;

/// <summary>A kind that a traffic router reads and patches.</summary>
/// <param name="Versions">The kind in the versions that it can be read in, the preferred one first.</param>
public sealed record RouterType(params ImmutableArray<ResourceType> Versions)
{
    /// <summary>The kind in its preferred version, by which it is addressed everywhere.</summary>
    public ResourceType Type => Versions[0];
}
