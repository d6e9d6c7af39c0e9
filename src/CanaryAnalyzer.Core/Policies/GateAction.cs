namespace CanaryAnalyzer.Core.Policies;

/// <summary>What a policy makes of a verdict.</summary>
public enum GateAction
{
    /// <summary>Not yet: looking goes on, and a person may decide.</summary>
    Wait,

    /// <summary>The pause ends and the update goes on.</summary>
    Promote,

    /// <summary>The update is rolled back.</summary>
    Abort,
}
