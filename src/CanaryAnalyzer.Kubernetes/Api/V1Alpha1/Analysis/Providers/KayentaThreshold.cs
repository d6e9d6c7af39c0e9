namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Scores that decide.</summary>
public sealed class KayentaThreshold
{
    /// <summary>Least score of success.</summary>
    public required long Pass { get; set; }

    /// <summary>Least score that is not a failure.</summary>
    public required long Marginal { get; set; }
}
