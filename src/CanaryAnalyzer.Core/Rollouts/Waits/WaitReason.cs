namespace CanaryAnalyzer.Core.Rollouts.Waits;

/// <summary>What a release can wait for; the reason of its condition Waiting. <see cref="WaitCatalog"/> says more about each.</summary>
public enum WaitReason
{
    /// <summary>Changes are being made.</summary>
    Changes,

    /// <summary>Pods of a version are not available.</summary>
    PodsUnavailable,

    /// <summary>A ReplicaSet cannot create its pods.</summary>
    PodsNotCreated,

    /// <summary>A version has more pods than it should.</summary>
    PodsSurplus,

    /// <summary>A gateway has not taken a route's weights over.</summary>
    RouteNotAccepted,

    /// <summary>A Service selects another version.</summary>
    ServiceNotSwitched,

    /// <summary>A pause has a duration.</summary>
    PauseNotOver,

    /// <summary>A pause without a duration, and no policy decides it.</summary>
    ManualPause,

    /// <summary>An analysis ended without a result.</summary>
    InconclusiveAnalysis,

    /// <summary><c>spec.paused</c> is set.</summary>
    RolloutPaused,

    /// <summary>The namespace holds promotions.</summary>
    NamespaceHeld,

    /// <summary>The policy holds promotions.</summary>
    PolicySuspended,

    /// <summary>More than one policy selects the Rollout.</summary>
    PolicyConflict,

    /// <summary>The policy cannot be used.</summary>
    PolicyInvalid,

    /// <summary>The policy leaves the decision to a user.</summary>
    PolicyWaits,

    /// <summary>An AnalysisRun judges, and has not decided yet.</summary>
    CollectingData,

    /// <summary>The deadline passed, and the run has no data.</summary>
    NoData,

    /// <summary>The deadline passed, and the run's queries fail or have no answer.</summary>
    QueryError,

    /// <summary>The deadline passed, and the data decide nothing.</summary>
    Undecided,

    /// <summary>An analysis step is at work.</summary>
    AnalysisRunning,
}
