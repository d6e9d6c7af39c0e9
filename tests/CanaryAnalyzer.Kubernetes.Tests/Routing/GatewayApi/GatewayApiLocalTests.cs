using CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.GatewayApi;

/// <summary>The Gateway API on the local cluster.</summary>
public sealed class GatewayApiLocalTests(LocalRouterCluster cluster)
    : TrafficRouterConformance<LocalRouterCluster>(cluster, new GatewayApiFixture());
