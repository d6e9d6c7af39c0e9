using CanaryAnalyzer.Core.Analysis.Judging;
namespace CanaryAnalyzer.Core.Analysis.Observations;

/// <summary>What the comparisons of a run say now, put together.</summary>
/// <param name="Sentence">The verdict in a sentence.</param>
/// <param name="Reason">The reason of the least decided comparison.</param>
/// <param name="Look">The number of looks.</param>
/// <param name="Evidence">The largest evidence of harm; null before any.</param>
/// <param name="Threshold">The evidence at which that comparison rolls back.</param>
/// <param name="LookedAt">The instant up to which the last look saw; null before the first.</param>
/// <param name="SmallestRatio">The smallest harmful ratio that could be found with the data so far; null where that is not known.</param>
/// <param name="HasMinimumRequests">Whether both sides had the requests that a judgement needs.</param>
public sealed record JudgedVerdict(
    string Sentence, VerdictReason Reason, int Look, double? Evidence, double? Threshold, DateTimeOffset? LookedAt, double? SmallestRatio, bool HasMinimumRequests);
