namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What was found out about errors without series. The numbers are stored.</summary>
internal enum SightKind
{
    /// <summary>Nothing.</summary>
    Unknown = 0,

    /// <summary>The metric is there, and its series have the labels that select errors.</summary>
    Visible = 1,

    /// <summary>The side doesn't have the metric, though another does.</summary>
    Lacking = 2,

    /// <summary>There is no series of the errors at present, and there was one within the last day.</summary>
    Past = 3,

    /// <summary>A label that selects errors comes with a failure alone.</summary>
    Optional = 4,
}
