namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>The unit of a histogram's bucket bounds.</summary>
public enum LatencyUnit
{
    /// <summary>Seconds, Prometheus' base unit.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Microseconds.</summary>
    Microseconds,

    /// <summary>Nanoseconds.</summary>
    Nanoseconds,

    /// <summary>Nobody says: bounds are numbers as they are, and no duration can be looked up among them.</summary>
    Unknown,
}
