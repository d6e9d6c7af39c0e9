namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What a look came to.</summary>
/// <param name="State">The state that the next look needs.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Report">Why, in numbers.</param>
public sealed record LookResult(JudgeState State, JudgeVerdict Verdict, LookReport Report);
