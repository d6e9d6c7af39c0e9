namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>What to ask a metric's provider for.</summary>
public enum MeasurementKind
{
    /// <summary>A new measurement.</summary>
    Start,

    /// <summary>To go on with the one that runs.</summary>
    Resume,

    /// <summary>To end the one that runs.</summary>
    Terminate,
}
