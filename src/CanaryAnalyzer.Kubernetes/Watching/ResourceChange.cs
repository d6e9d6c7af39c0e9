using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>A change that a cache saw.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Key">Which object.</param>
/// <param name="Old">What it was; null if it is new to the cache.</param>
/// <param name="New">What it is now; null if it is gone.</param>
public sealed record ResourceChange(ResourceType Type, ResourceKey Key, CachedResource? Old, CachedResource? New);
