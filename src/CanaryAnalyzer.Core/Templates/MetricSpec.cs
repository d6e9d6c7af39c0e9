using CanaryAnalyzer.Core.Expressions;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>A metric of an analysis, its arguments already in place.</summary>
public sealed record MetricSpec
{
    /// <summary>How many errors in a row are tolerated where nothing is said.</summary>
    public const int DefaultConsecutiveErrorLimit = 4;

    /// <summary>The metric's name, unique in its run.</summary>
    public required string Name { get; init; }

    /// <summary>From the instant at which a measurement is due to that of the next, in whole seconds, rounded up; null: none follows, unless after an error.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>From the run's start to the first measurement.</summary>
    public TimeSpan InitialDelay { get; init; }

    /// <summary>How many measurements to take, errors not counted, as written; null or 0: see <see cref="EffectiveCount"/>.</summary>
    public int? Count { get; init; }

    /// <summary>What makes an answer a success or a failure.</summary>
    public MeasurementConditions Conditions { get; init; } = MeasurementConditions.None;

    /// <summary>How many failures are tolerated; -1: any number.</summary>
    public int FailureLimit { get; init; }

    /// <summary>How many inconclusive measurements are tolerated.</summary>
    public int InconclusiveLimit { get; init; }

    /// <summary>How many errors in a row are tolerated.</summary>
    public int ConsecutiveErrorLimit { get; init; } = DefaultConsecutiveErrorLimit;

    /// <summary>After how many successes in a row the metric is successful; 0: not by this.</summary>
    public int ConsecutiveSuccessLimit { get; init; }

    /// <summary>Where the values come from.</summary>
    public required ProviderSpec Provider { get; init; }

    /// <summary>How many measurements to take; null: without end. One where neither count nor interval is given, and of a comparison.</summary>
    public int? EffectiveCount => Count is > 0 ? Count : Interval is null ? 1 : null;

    /// <summary>Whether the metric ends by itself in a number of measurements.</summary>
    public bool IsFinite => EffectiveCount is not null || ConsecutiveSuccessLimit > 0;
}
