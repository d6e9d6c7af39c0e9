namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>Selects objects by their labels; all given requirements must hold, and an empty selector selects everything.</summary>
public sealed class LabelSelector
{
    /// <summary>Labels that an object must carry with exactly these values.</summary>
    public Dictionary<string, string>? MatchLabels { get; set; }

    /// <summary>Further requirements, all of which must hold.</summary>
    public List<Requirement>? MatchExpressions { get; set; }

    /// <summary>One requirement on one label.</summary>
    public sealed class Requirement
    {
        /// <summary>The label's key.</summary>
        public required string Key { get; set; }

        /// <summary>How the label is compared: In, NotIn, Exists or DoesNotExist.</summary>
        public required string Operator { get; set; }

        /// <summary>The values compared with; empty for Exists and DoesNotExist.</summary>
        public List<string>? Values { get; set; }
    }
}
