namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>When a finished run is deleted.</summary>
public sealed class TtlStrategy
{
    /// <summary>Seconds after its end, whatever came out.</summary>
    public int? SecondsAfterCompletion { get; set; }

    /// <summary>Seconds after its end where it failed.</summary>
    public int? SecondsAfterFailure { get; set; }

    /// <summary>Seconds after its end where it succeeded.</summary>
    public int? SecondsAfterSuccess { get; set; }
}
