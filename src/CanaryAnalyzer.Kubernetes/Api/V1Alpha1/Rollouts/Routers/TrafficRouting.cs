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
    public RouterPlugins? Plugins { get; set; }

    /// <summary>Routes that header and mirror steps may write, in order of precedence.</summary>
    public List<ManagedRoute>? ManagedRoutes { get; set; }

    /// <summary>What the weights add up to; 100 if absent. Only for nginx and plugins.</summary>
    public int? MaxTrafficWeight { get; set; }
}
