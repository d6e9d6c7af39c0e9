namespace CanaryAnalyzer.Core.Gates;

/// <summary>What a gate says at a pause.</summary>
public enum GateOutcome
{
    /// <summary>No policy is in force: the pause is as it would be without one.</summary>
    Ungated,

    /// <summary>The pause continues.</summary>
    Wait,

    /// <summary>The pause is over, and the update continues.</summary>
    Promote,

    /// <summary>The update is rolled back.</summary>
    Abort,
}
