namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>What phases mean to each other.</summary>
public static class AnalysisPhaseFacts
{
    /// <summary>Whether nothing follows this phase.</summary>
    public static bool IsCompleted(this AnalysisPhase phase) => phase is not (AnalysisPhase.Pending or AnalysisPhase.Running);

    /// <summary>Whether this phase is worse news than the other: Successful, Running, Pending, Inconclusive, Error, Failed.</summary>
    public static bool IsWorseThan(this AnalysisPhase phase, AnalysisPhase other) => Badness(phase) > Badness(other);

    private static int Badness(AnalysisPhase phase) => phase switch
    {
        AnalysisPhase.Successful => 0,
        AnalysisPhase.Running => 1,
        AnalysisPhase.Pending => 2,
        AnalysisPhase.Inconclusive => 3,
        AnalysisPhase.Error => 4,
        _ => 5,
    };
}
