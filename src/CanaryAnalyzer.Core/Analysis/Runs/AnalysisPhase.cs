namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>How far a measurement, a metric or a whole AnalysisRun has come, and what came out of it.</summary>
public enum AnalysisPhase
{
    /// <summary>Nothing was measured yet.</summary>
    Pending,

    /// <summary>Measuring goes on.</summary>
    Running,

    /// <summary>The conditions held: evidence for the new version.</summary>
    Successful,

    /// <summary>The conditions did not hold: evidence against the new version.</summary>
    Failed,

    /// <summary>The measuring itself went wrong; this says nothing about the new version.</summary>
    Error,

    /// <summary>Measured, and neither good nor bad.</summary>
    Inconclusive,
}
