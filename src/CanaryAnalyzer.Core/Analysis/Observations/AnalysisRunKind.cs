namespace CanaryAnalyzer.Core.Analysis.Observations;

/// <summary>What an AnalysisRun was made for; the value of its label <c>rollout-type</c>.</summary>
public enum AnalysisRunKind
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>An <c>analysis</c> step.</summary>
    Step,

    /// <summary>The analysis beside the steps.</summary>
    Background,

    /// <summary>A judged pause.</summary>
    Pause,

    /// <summary>Looking on for harm where no judged pause is at work.</summary>
    Release,
}
