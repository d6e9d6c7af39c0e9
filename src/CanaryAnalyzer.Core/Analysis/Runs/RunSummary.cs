namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>How many of a run's metrics there are, and how many ended in which way.</summary>
/// <param name="Count">All metrics of this sort.</param>
/// <param name="Successful">Those that ended Successful.</param>
/// <param name="Failed">Those that ended Failed.</param>
/// <param name="Inconclusive">Those that ended Inconclusive.</param>
/// <param name="Error">Those that ended in Error.</param>
public sealed record RunSummary(int Count = 0, int Successful = 0, int Failed = 0, int Inconclusive = 0, int Error = 0);
