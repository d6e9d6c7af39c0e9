namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>When shown safety promotes.</summary>
public enum PromoteWhen
{
    /// <summary>As soon as it is shown, and the minimal duration is over.</summary>
    WhenSafe,

    /// <summary>Only at the end of the maximal duration (soak), so that harm which begins late is still found.</summary>
    AtEnd,
}
