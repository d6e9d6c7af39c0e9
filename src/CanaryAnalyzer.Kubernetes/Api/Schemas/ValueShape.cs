namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>How a value must be written.</summary>
internal enum ValueShape
{
    /// <summary>A duration in Go's notation, such as <c>1h30m</c>.</summary>
    Duration,

    /// <summary>Such a duration above zero.</summary>
    PositiveDuration,

    /// <summary>Seconds, or a duration in Go's notation.</summary>
    Wait,

    /// <summary>A share between 0 and 1, as a number or a percentage.</summary>
    Share,

    /// <summary>A number that is not negative.</summary>
    Number,

    /// <summary>An integer that is not negative unless <see cref="ShapeAttribute.Minimum"/> says so.</summary>
    Count,

    /// <summary>A number of pods, or a percentage of them.</summary>
    Pods,

    /// <summary>A string that isn't blank.</summary>
    Filled,

    /// <summary>A name of at most 63 characters.</summary>
    ShortName,

    /// <summary>The name of a label of Prometheus.</summary>
    LabelName,

    /// <summary>An address that begins with <c>http://</c> or <c>https://</c>.</summary>
    Address,
}
