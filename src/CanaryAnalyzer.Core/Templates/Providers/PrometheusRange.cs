namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>The time that a range query covers.</summary>
/// <param name="Start">Expression for the first instant, such as <c>now() - duration("1h")</c>.</param>
/// <param name="End">Expression for the last instant, such as <c>now()</c>.</param>
/// <param name="Step">Distance of the points; above zero.</param>
public sealed record PrometheusRange(string Start, string End, TimeSpan Step);
