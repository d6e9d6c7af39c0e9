namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>What a test with one look came to. Such a test is valid once, at a size of the samples that was fixed before.</summary>
/// <param name="Statistic">The statistic.</param>
/// <param name="P">The probability of one at least as extreme where both samples are alike.</param>
internal readonly record struct TestResult(double Statistic, double P);
