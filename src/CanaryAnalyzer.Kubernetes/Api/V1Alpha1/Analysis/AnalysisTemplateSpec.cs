namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>What is measured, and what counts as good.</summary>
public sealed class AnalysisTemplateSpec
{
    /// <summary>The metrics.</summary>
    public List<Metric>? Metrics { get; set; }

    /// <summary>The arguments, which metrics use as {{args.name}}.</summary>
    public List<Argument>? Args { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>How many measurements of a metric are kept.</summary>
    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    /// <summary>Further templates whose metrics and arguments are added.</summary>
    public List<AnalysisTemplateReference>? Templates { get; set; }
}
