namespace CanaryAnalyzer.Dashboard.Explanations;

/// <summary>One look at a metric.</summary>
/// <param name="At">When its answer came in.</param>
/// <param name="Explanation">Everything that it rests on, as JSON.</param>
public sealed record KeptLook(DateTimeOffset At, string Explanation);
