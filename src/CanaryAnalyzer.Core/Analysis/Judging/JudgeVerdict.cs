namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What a judge says at a look.</summary>
public enum JudgeVerdict
{
    /// <summary>Neither shown yet; look again.</summary>
    Continue,

    /// <summary>Safety is shown.</summary>
    Promote,

    /// <summary>Harm is shown.</summary>
    Rollback,

    /// <summary>Time is up and neither is shown.</summary>
    Inconclusive,
}
