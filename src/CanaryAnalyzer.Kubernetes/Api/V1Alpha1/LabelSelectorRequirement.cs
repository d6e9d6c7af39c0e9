namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>One requirement on one label.</summary>
public sealed class LabelSelectorRequirement
{
    /// <summary>The label's key.</summary>
    public required string Key { get; set; }

    /// <summary>How the label is compared: In, NotIn, Exists or DoesNotExist.</summary>
    public required string Operator { get; set; }

    /// <summary>The values compared with; empty for Exists and DoesNotExist.</summary>
    public List<string>? Values { get; set; }
}
