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
    public Ttl? TtlStrategy { get; set; }

    /// <summary>When a finished run is deleted.</summary>
    public sealed class Ttl
    {
        /// <summary>Seconds after its end, whatever came out.</summary>
        public int? SecondsAfterCompletion { get; set; }

        /// <summary>Seconds after its end where it failed.</summary>
        public int? SecondsAfterFailure { get; set; }

        /// <summary>Seconds after its end where it succeeded.</summary>
        public int? SecondsAfterSuccess { get; set; }
    }
}
