namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>Why the controller paused an update, and since when.</summary>
/// <param name="Reason">One of <see cref="CanaryPauseStep"/> and <see cref="InconclusiveAnalysis"/>.</param>
/// <param name="StartTime">Since when.</param>
public sealed record PauseCondition(string Reason, DateTimeOffset StartTime)
{
    /// <summary>The update stands at a pause step.</summary>
    public const string CanaryPauseStep = "CanaryPauseStep";

    /// <summary>An analysis came to no result.</summary>
    public const string InconclusiveAnalysis = "InconclusiveAnalysisRun";

    /// <summary>Whether the strategy itself pauses, and not an analysis without a result.</summary>
    public bool IsStep => Reason != InconclusiveAnalysis;
}
