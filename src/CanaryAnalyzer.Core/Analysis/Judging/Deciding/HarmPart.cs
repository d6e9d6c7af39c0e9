namespace CanaryAnalyzer.Core.Analysis.Judging.Deciding;

/// <summary>One component's part in the combined evidence of harm.</summary>
/// <param name="Measure">Index of the measure.</param>
/// <param name="Log">Logarithm of its weight times its evidence.</param>
internal readonly record struct HarmPart(int Measure, double Log);
