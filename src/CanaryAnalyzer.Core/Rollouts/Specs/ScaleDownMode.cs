namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>What becomes of a referenced workload's own pods once the Rollout runs its template.</summary>
public enum ScaleDownMode
{
    /// <summary>The workload is left alone.</summary>
    Never,

    /// <summary>It is scaled to zero once the stable version is fully available.</summary>
    OnSuccess,

    /// <summary>It shrinks as the first version's pods become available, and grows back where that fails.</summary>
    Progressively,
}
