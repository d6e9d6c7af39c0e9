using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Settings of router plugins, by the plugin's name.</summary>
public sealed class RouterPlugins
{
    /// <summary>Traffic routing through the Gateway API.</summary>
    [JsonPropertyName("argoproj-labs/gatewayAPI")]
    public GatewayApiRouting? GatewayApi { get; set; }

    /// <summary>Settings of all other plugins.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
