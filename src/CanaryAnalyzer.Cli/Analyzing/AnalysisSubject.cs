using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>What is to be judged.</summary>
/// <param name="Comparisons">The comparisons by name.</param>
/// <param name="Arguments">The values of all arguments.</param>
/// <param name="NotLookedAt">Metrics of other providers, which are left out.</param>
/// <param name="Sharing">How many comparisons share the risk.</param>
internal sealed record AnalysisSubject(
    IReadOnlyList<(string Metric, CompareSpec Spec)> Comparisons, ImmutableDictionary<string, string> Arguments, IReadOnlyList<string> NotLookedAt, int Sharing);
