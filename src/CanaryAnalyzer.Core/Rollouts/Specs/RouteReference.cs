namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>Names an object that carries the weights.</summary>
/// <param name="Router">The field of <c>trafficRouting</c> that chooses its router, such as <c>plugins.argoproj-labs/gatewayAPI</c>.</param>
/// <param name="Kind">Its kind, such as <c>HTTPRoute</c>.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record RouteReference(string Router, string Kind, string Namespace, string Name);
