using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Settings of a provider plugin, by the plugin's name.</summary>
public sealed class ProviderPlugins
{
    /// <summary>Compares the canary with the stable version statistically.</summary>
    [JsonPropertyName("canaryanalyzer/compare")]
    public Comparison? Compare { get; set; }

    /// <summary>Settings of all other plugins.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
