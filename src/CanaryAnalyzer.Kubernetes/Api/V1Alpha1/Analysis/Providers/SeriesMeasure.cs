using System.ComponentModel.DataAnnotations;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Compares the values of a query.</summary>
public sealed class SeriesMeasure
{
    /// <summary>The query, in PromQL; the sides' matchers are put into its selectors.</summary>
    [Shape(ValueShape.Filled)]
    public required string Query { get; set; }

    /// <summary>Which direction is worse; Higher if absent.</summary>
    [AllowedValues("Higher", "Lower")]
    public string? Worse { get; set; }
}
