namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>One component's part in the combined evidence of harm.</summary>
/// <param name="Measure">Index of the measure.</param>
/// <param name="Rate">Index of the share in its plan; null: the body.</param>
/// <param name="Log">Logarithm of its weight times its evidence.</param>
internal sealed record HarmPart(int Measure, int? Rate, double Log);
