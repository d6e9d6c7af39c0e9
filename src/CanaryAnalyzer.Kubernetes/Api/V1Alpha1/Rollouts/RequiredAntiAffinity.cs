namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Anti-affinity that the scheduler must keep; it has no settings.</summary>
public sealed class RequiredAntiAffinity;
