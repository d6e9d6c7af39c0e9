namespace CanaryAnalyzer.Core.Rollouts.Allocations;

/// <summary>How far an update is, as far as pods and traffic depend on it.</summary>
public enum AllocationStage
{
    /// <summary>No version was ever stable.</summary>
    First,

    /// <summary>The new version takes over by steps.</summary>
    Stepping,

    /// <summary>A user promoted all the rest at once.</summary>
    PromotingFully,

    /// <summary>The update is rolled back.</summary>
    Aborted,

    /// <summary>The new version is the stable one.</summary>
    Promoted,
}
