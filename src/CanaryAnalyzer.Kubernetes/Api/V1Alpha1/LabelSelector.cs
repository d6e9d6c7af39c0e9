namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>Selects objects by their labels; all given requirements must hold, and an empty selector selects everything.</summary>
public sealed class LabelSelector
{
    /// <summary>Labels that an object must carry with exactly these values.</summary>
    public Dictionary<string, string>? MatchLabels { get; set; }

    /// <summary>Further requirements, all of which must hold.</summary>
    public List<LabelSelectorRequirement>? MatchExpressions { get; set; }
}
