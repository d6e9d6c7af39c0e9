namespace CanaryAnalyzer.Cli.Judging;

/// <summary>Which part of a scenario is judged.</summary>
internal enum ScenarioSource
{
    /// <summary>Its deltas if it has any, else its counters.</summary>
    Any,

    /// <summary>Its deltas.</summary>
    Data,

    /// <summary>Its raw counters.</summary>
    Counters,
}
