using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>An object that a pass wrote.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Key">Its name.</param>
public sealed record WrittenObject(ResourceType Type, ResourceKey Key);
