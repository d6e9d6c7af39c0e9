namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>What an AnalysisRun is for, as its label <c>rollout-type</c> says.</summary>
public enum RunPurpose
{
    /// <summary>Nobody says: an experiment's, or one that somebody made by hand.</summary>
    Unknown,

    /// <summary>An <c>analysis</c> step.</summary>
    Step,

    /// <summary>It accompanies all steps and ends with them.</summary>
    Background,

    /// <summary>It judges at a pause.</summary>
    Pause,

    /// <summary>It looks on for harm between a release's judged pauses and after the last one.</summary>
    Release,

    /// <summary>Before a blue-green switch.</summary>
    PrePromotion,

    /// <summary>After a blue-green switch.</summary>
    PostPromotion,
}
