namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What there is of one measure.</summary>
public sealed record MeasureSurvey
{
    /// <summary>The measure's name.</summary>
    public required string Name { get; init; }

    /// <summary>The canary's series.</summary>
    public required SideSurvey Canary { get; init; }

    /// <summary>The stable side's series.</summary>
    public required SideSurvey Stable { get; init; }

    /// <summary>Why nothing could be read; null where all is well.</summary>
    public string? Failure { get; init; }
}
