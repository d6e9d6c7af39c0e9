namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Keeps pods of the new version away from nodes with the old one; exactly one member is set.</summary>
public sealed class AntiAffinity
{
    /// <summary>Away if possible.</summary>
    public PreferredAntiAffinity? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Away always.</summary>
    public RequiredAntiAffinity? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }
}
