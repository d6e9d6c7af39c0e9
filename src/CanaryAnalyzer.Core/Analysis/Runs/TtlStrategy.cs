namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>After how many seconds a finished run is deleted.</summary>
public sealed record TtlStrategy
{
    /// <summary>For runs that have no more special value here; the only one that Error and Inconclusive have.</summary>
    public int? SecondsAfterCompletion { get; init; }

    /// <summary>For Failed runs.</summary>
    public int? SecondsAfterFailure { get; init; }

    /// <summary>For Successful runs.</summary>
    public int? SecondsAfterSuccess { get; init; }

    /// <summary>How long a run with this outcome is kept; null: for ever.</summary>
    public TimeSpan? KeepFor(AnalysisPhase phase)
    {
        var seconds = phase switch
        {
            AnalysisPhase.Successful => SecondsAfterSuccess ?? SecondsAfterCompletion,
            AnalysisPhase.Failed => SecondsAfterFailure ?? SecondsAfterCompletion,
            _ => SecondsAfterCompletion,
        };
        return seconds is { } value ? TimeSpan.FromSeconds(Math.Max(0, value)) : null;
    }
}
