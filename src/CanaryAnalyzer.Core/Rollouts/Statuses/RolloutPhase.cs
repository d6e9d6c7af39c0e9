namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>A Rollout's state in one word, as tools such as Argo CD read it.</summary>
public enum RolloutPhase
{
    /// <summary>On its way.</summary>
    Progressing,

    /// <summary>Waits at a pause, or was paused by a person.</summary>
    Paused,

    /// <summary>The wanted version is the stable one and fully up.</summary>
    Healthy,

    /// <summary>Invalid, aborted or stuck.</summary>
    Degraded,
}
