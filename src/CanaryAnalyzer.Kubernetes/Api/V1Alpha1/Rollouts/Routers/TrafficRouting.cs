using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>How traffic is split between the versions.</summary>
public sealed class TrafficRouting
{
    /// <summary>Through Istio.</summary>
    public IstioRouting? Istio { get; set; }

    /// <summary>Through ingress-nginx.</summary>
    public NginxRouting? Nginx { get; set; }

    /// <summary>Through an AWS load balancer.</summary>
    public AlbRouting? Alb { get; set; }

    /// <summary>Through an SMI TrafficSplit.</summary>
    public SmiRouting? Smi { get; set; }

    /// <summary>Through Ambassador.</summary>
    public AmbassadorRouting? Ambassador { get; set; }

    /// <summary>Through AWS App Mesh.</summary>
    public AppMeshRouting? AppMesh { get; set; }

    /// <summary>Through Traefik.</summary>
    public TraefikRouting? Traefik { get; set; }

    /// <summary>Through APISIX.</summary>
    public ApisixRouting? Apisix { get; set; }

    /// <summary>Settings of router plugins, by the plugin's name.</summary>
    public PluginSettings? Plugins { get; set; }

    /// <summary>Routes that header and mirror steps may write, in order of precedence.</summary>
    public List<ManagedRoute>? ManagedRoutes { get; set; }

    /// <summary>What the weights add up to; 100 if absent. Only for nginx and plugins.</summary>
    public int? MaxTrafficWeight { get; set; }

    /// <summary>Settings of router plugins, by the plugin's name.</summary>
    public sealed class PluginSettings
    {
        /// <summary>Traffic routing through the Gateway API.</summary>
        [JsonPropertyName("argoproj-labs/gatewayAPI")]
        public GatewayApiRouting? GatewayApi { get; set; }

        /// <summary>Settings of all other plugins.</summary>
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; set; }
    }

    /// <summary>Names a route that the controller writes.</summary>
    public sealed class ManagedRoute
    {
        /// <summary>Name of the route.</summary>
        public required string Name { get; set; }
    }
}
