namespace CanaryAnalyzer.Core.Templates;

/// <summary>Names an AnalysisTemplate of the same namespace, or a ClusterAnalysisTemplate.</summary>
/// <param name="Name">The template's name.</param>
/// <param name="ClusterScope">Whether it is a ClusterAnalysisTemplate.</param>
public sealed record TemplateReference(string Name, bool ClusterScope = false)
{
    /// <summary>Kind and name, as messages show them.</summary>
    public override string ToString() => $"{(ClusterScope ? "ClusterAnalysisTemplate" : "AnalysisTemplate")} '{Name}'";
}
