namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>What is compared.</summary>
public sealed class KayentaScope
{
    /// <summary>Name of the scope.</summary>
    public required string Name { get; set; }

    /// <summary>The stable side.</summary>
    public required KayentaScopeDetail ControlScope { get; set; }

    /// <summary>The canary side.</summary>
    public required KayentaScopeDetail ExperimentScope { get; set; }
}
