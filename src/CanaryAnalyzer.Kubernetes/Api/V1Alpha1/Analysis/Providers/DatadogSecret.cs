namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Names a Secret with Datadog keys.</summary>
public sealed class DatadogSecret
{
    /// <summary>Name of the Secret.</summary>
    public string? Name { get; set; }

    /// <summary>Whether it is in the run's namespace instead of the controller's.</summary>
    public bool? Namespaced { get; set; }
}
