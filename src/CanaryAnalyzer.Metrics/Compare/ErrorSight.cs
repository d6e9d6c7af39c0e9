using System.Collections.Immutable;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What is known of errors without series.</summary>
/// <param name="Hidden">Why they can't be seen, for people; null where they can.</param>
/// <param name="Remark">What is worth knowing otherwise; empty where nothing is.</param>
internal sealed record ErrorSight(string? Hidden, string Remark = "")
{
    /// <summary>Labels that the errors' selector needs and that come with a failure alone, so that requests may lack them.</summary>
    public ImmutableHashSet<string> Optional { get; init; } = [];
}
