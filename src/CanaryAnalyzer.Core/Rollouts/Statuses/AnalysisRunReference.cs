using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>The AnalysisRun that the update follows now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Its phase when last seen.</param>
/// <param name="Message">Its message when last seen.</param>
public sealed record AnalysisRunReference(string Name, AnalysisPhase Phase, string Message);
