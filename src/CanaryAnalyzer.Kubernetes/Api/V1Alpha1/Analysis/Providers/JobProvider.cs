using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A Kubernetes Job whose outcome is the measurement.</summary>
public sealed class JobProvider
{
    /// <summary>Labels and annotations of the Job.</summary>
    [OpenObject]
    public JsonElement? Metadata { get; set; }

    /// <summary>The Job's spec.</summary>
    [OpenObject]
    public required JsonElement Spec { get; set; }
}
