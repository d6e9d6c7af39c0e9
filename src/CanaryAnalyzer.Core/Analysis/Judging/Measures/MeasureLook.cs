namespace CanaryAnalyzer.Core.Analysis.Judging.Measures;

/// <summary>What a measure's report needs to know of the look.</summary>
/// <param name="Options">How to judge.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="HasData">Whether the look had data for the measure.</param>
/// <param name="Absence">Why it had none.</param>
internal sealed record MeasureLook(JudgeOptions Options, TimeSpan Elapsed, bool HasData, DataAbsence Absence);
