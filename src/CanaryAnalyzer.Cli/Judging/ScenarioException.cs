namespace CanaryAnalyzer.Cli.Judging;

/// <summary>A line is no scenario.</summary>
/// <param name="field">The field that is wrong, such as <c>data[3].canary.requests</c>; empty where the line as a whole is.</param>
/// <param name="what">What is wrong with it and what it must be.</param>
internal sealed class ScenarioException(string field, string what) : Exception(field.Length == 0 ? what : $"{field} {what}");
