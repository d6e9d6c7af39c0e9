namespace CanaryAnalyzer.Core.Gates;

/// <summary>What the gate says at a pause.</summary>
public enum GateAnswer
{
    /// <summary>No policy is in force: the pause is as it stands.</summary>
    Ungated,

    /// <summary>The pause goes on.</summary>
    Closed,

    /// <summary>The pause is over.</summary>
    Open,
}
