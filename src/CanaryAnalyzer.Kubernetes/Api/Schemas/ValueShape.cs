namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>How a value must be written. Every shape also takes an argument of a template, <c>{{args.name}}</c>.</summary>
internal enum ValueShape
{
    /// <summary>A duration in Go's notation, such as <c>1h30m</c>.</summary>
    Duration,

    /// <summary>A share between 0 and 1, as a number or a percentage.</summary>
    Share,

    /// <summary>A number that is not negative.</summary>
    Number,

    /// <summary>A whole number that is not negative.</summary>
    Count,
}
