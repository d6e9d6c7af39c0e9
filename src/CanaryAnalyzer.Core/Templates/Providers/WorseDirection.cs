namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>Which way of a series is harm.</summary>
public enum WorseDirection
{
    /// <summary>Higher values are worse.</summary>
    Higher,

    /// <summary>Lower values are worse.</summary>
    Lower,
}
