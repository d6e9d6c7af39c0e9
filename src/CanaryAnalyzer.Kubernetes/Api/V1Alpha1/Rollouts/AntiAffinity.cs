namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>Keeps pods of the new version away from nodes with the old one; exactly one member is set.</summary>
public sealed class AntiAffinity
{
    /// <summary>Away if possible.</summary>
    public Preferred? PreferredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Away always.</summary>
    public Required? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Anti-affinity that the scheduler may disregard.</summary>
    public sealed class Preferred
    {
        /// <summary>Weight among the scheduler's preferences, 1 to 100.</summary>
        public required int Weight { get; set; }
    }

    /// <summary>Anti-affinity that the scheduler must keep; it has no settings.</summary>
    public sealed class Required;
}
