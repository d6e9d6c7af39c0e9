using CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.GatewayApi;

/// <summary>The Gateway API on a real API server.</summary>
public sealed class GatewayApiRealTests(RealRouterCluster cluster)
    : TrafficRouterConformance<RealRouterCluster>(cluster, new GatewayApiFixture());
