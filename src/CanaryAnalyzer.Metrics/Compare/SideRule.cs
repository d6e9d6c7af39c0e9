namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>How a measure's series are told apart.</summary>
internal enum SideRule
{
    /// <summary>Not seen yet.</summary>
    Unknown,

    /// <summary>By the matchers that the metric gives.</summary>
    Given,

    /// <summary>By the label that names the pod template's hash.</summary>
    Hash,

    /// <summary>By the pods' names.</summary>
    Pods,
}
