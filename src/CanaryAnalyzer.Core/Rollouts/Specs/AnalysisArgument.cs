namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>An argument for an analysis: a value, or where the value is read.</summary>
/// <param name="Name">The argument's name.</param>
/// <param name="Value">Its value; null where it is read from somewhere.</param>
/// <param name="PodTemplateHash">Which version's hash it is.</param>
/// <param name="FieldPath">The field of the Rollout that it is read from, such as <c>metadata.labels['app']</c>.</param>
public sealed record AnalysisArgument(string Name, string? Value, PodTemplateHashSource? PodTemplateHash = null, string? FieldPath = null);
