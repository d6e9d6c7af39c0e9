namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;

/// <summary>Traffic routing through Istio.</summary>
public sealed class IstioRouting
{
    /// <summary>The VirtualService whose weights are set.</summary>
    public VirtualServiceRoutes? VirtualService { get; set; }

    /// <summary>Several VirtualServices whose weights are set.</summary>
    public List<VirtualServiceRoutes>? VirtualServices { get; set; }

    /// <summary>The DestinationRule whose subsets are set.</summary>
    public DestinationSubsets? DestinationRule { get; set; }

    /// <summary>Names routes of a VirtualService.</summary>
    public sealed class VirtualServiceRoutes
    {
        /// <summary>Name of the VirtualService.</summary>
        public required string Name { get; set; }

        /// <summary>Names of the HTTP routes; may be absent if there is only one.</summary>
        public List<string>? Routes { get; set; }

        /// <summary>The TLS routes.</summary>
        public List<TlsRoute>? TlsRoutes { get; set; }

        /// <summary>The TCP routes.</summary>
        public List<TcpRoute>? TcpRoutes { get; set; }
    }

    /// <summary>Names a TLS route of a VirtualService.</summary>
    public sealed class TlsRoute
    {
        /// <summary>Its port.</summary>
        public long? Port { get; set; }

        /// <summary>Its SNI hosts.</summary>
        public List<string>? SniHosts { get; set; }
    }

    /// <summary>Names a TCP route of a VirtualService.</summary>
    public sealed class TcpRoute
    {
        /// <summary>Its port.</summary>
        public long? Port { get; set; }
    }

    /// <summary>Names subsets of a DestinationRule.</summary>
    public sealed class DestinationSubsets
    {
        /// <summary>Name of the DestinationRule.</summary>
        public required string Name { get; set; }

        /// <summary>The subset of the new version.</summary>
        public required string CanarySubsetName { get; set; }

        /// <summary>The subset of the stable version.</summary>
        public required string StableSubsetName { get; set; }

        /// <summary>Further subsets.</summary>
        public List<string>? AdditionalSubsetNames { get; set; }
    }
}
