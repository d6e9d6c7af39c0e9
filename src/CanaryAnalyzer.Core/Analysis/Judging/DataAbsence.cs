namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>Why a look has no data for a measure, as the caller knows it; ordered by how much it needs somebody to mend it.</summary>
public enum DataAbsence
{
    /// <summary>There is data, or it isn't known why there is none.</summary>
    None,

    /// <summary>A side has no new sample: its scrape is late or was missed.</summary>
    Stale,

    /// <summary>A side has no series at all.</summary>
    MissingSeries,

    /// <summary>The query failed.</summary>
    QueryError,
}
