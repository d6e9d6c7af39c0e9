using CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.GatewayApi;

/// <summary>The Gateway API on the API server of the tests.</summary>
public sealed class GatewayApiInProcessTests(InProcessRouterCluster cluster)
    : TrafficRouterConformance<InProcessRouterCluster>(cluster, new GatewayApiFixture());
