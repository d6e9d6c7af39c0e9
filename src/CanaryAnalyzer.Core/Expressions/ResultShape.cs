namespace CanaryAnalyzer.Core.Expressions;

/// <summary>What <c>result</c> is in a condition, as far as the provider says so before it answers.</summary>
public enum ResultShape
{
    /// <summary>Anything: what a document holds.</summary>
    Any,

    /// <summary>An array of numbers: a PromQL vector or matrix.</summary>
    Numbers,

    /// <summary>A number or an array of numbers: PromQL that may give a scalar.</summary>
    NumberOrNumbers,
}
