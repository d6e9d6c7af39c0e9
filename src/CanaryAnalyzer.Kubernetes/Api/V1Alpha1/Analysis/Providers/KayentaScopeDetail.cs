namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>One side of a Kayenta analysis.</summary>
public sealed class KayentaScopeDetail
{
    /// <summary>The scope.</summary>
    public required string Scope { get; set; }

    /// <summary>The region.</summary>
    public required string Region { get; set; }

    /// <summary>Distance of the samples, in seconds.</summary>
    public required long Step { get; set; }

    /// <summary>Begin of the time that is compared.</summary>
    public required string Start { get; set; }

    /// <summary>End of the time that is compared.</summary>
    public required string End { get; set; }
}
