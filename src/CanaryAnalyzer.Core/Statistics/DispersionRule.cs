namespace CanaryAnalyzer.Core.Statistics;

/// <summary>How cautiously a <see cref="Dispersion"/> is taken: as 1 unless it is significant, and then from the upper side.</summary>
/// <param name="Prior">What is assumed before any is measured, at least 1.</param>
/// <param name="PriorIntervals">The weight of that assumption, in intervals.</param>
/// <param name="Significance">By how many standard errors the estimate must exceed 1 to count at all.</param>
/// <param name="Margin">How many standard errors are added to an estimate that counts.</param>
public sealed record DispersionRule(double Prior, double PriorIntervals, double Significance, double Margin);
