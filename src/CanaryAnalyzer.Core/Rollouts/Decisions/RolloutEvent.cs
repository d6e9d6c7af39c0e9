namespace CanaryAnalyzer.Core.Rollouts.Decisions;

/// <summary>An event for people, recorded on the Rollout.</summary>
/// <param name="Reason">Its reason, in one word.</param>
/// <param name="Message">Its message.</param>
/// <param name="IsWarning">Whether it is a warning.</param>
public sealed record RolloutEvent(string Reason, string Message, bool IsWarning = false);
