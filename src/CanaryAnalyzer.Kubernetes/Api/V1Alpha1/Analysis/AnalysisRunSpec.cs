namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>What a run measures.</summary>
public sealed class AnalysisRunSpec
{
    /// <summary>The metrics.</summary>
    public required List<Metric> Metrics { get; set; }

    /// <summary>The arguments with their values.</summary>
    public List<Argument>? Args { get; set; }

    /// <summary>Ends the run.</summary>
    public bool? Terminate { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>How many measurements of a metric are kept.</summary>
    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    /// <summary>When a finished run is deleted; never by age if absent.</summary>
    public TtlStrategy? TtlStrategy { get; set; }
}
