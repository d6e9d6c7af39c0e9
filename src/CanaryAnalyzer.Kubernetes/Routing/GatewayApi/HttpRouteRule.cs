namespace CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

/// <summary>Where one rule of an HTTPRoute carries the weights, in one version of the route. Never kept: places move when somebody edits the route.</summary>
/// <param name="Rule">Index of the rule.</param>
/// <param name="Canary">Index of the canary Service's backend.</param>
/// <param name="Stable">Index of the stable Service's backend.</param>
/// <param name="CanaryWeight">The canary's weight; an absent one is 1.</param>
/// <param name="StableWeight">The stable version's weight; an absent one is 1.</param>
internal readonly record struct HttpRouteRule(int Rule, int Canary, int Stable, int CanaryWeight, int StableWeight);
