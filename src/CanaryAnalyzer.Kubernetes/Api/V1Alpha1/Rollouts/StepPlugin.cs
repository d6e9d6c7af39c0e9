using System.Text.Json;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>A step that an installed plugin performs.</summary>
public sealed class StepPlugin
{
    /// <summary>Name of the plugin.</summary>
    public required string Name { get; set; }

    /// <summary>The plugin's own settings.</summary>
    public JsonElement? Config { get; set; }
}
