namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>Names an AnalysisTemplate, or a ClusterAnalysisTemplate.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClusterScope">Whether it is a ClusterAnalysisTemplate.</param>
public sealed record AnalysisTemplateReference(string Name, bool ClusterScope);
