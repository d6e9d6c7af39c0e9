namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>An event on an AnalysisRun.</summary>
/// <param name="IsWarning">Whether it is a Warning; else Normal.</param>
/// <param name="Reason">The reason in one word, such as <c>AnalysisRunFailed</c>.</param>
/// <param name="Message">What happened.</param>
public sealed record RunEvent(bool IsWarning, string Reason, string Message);
