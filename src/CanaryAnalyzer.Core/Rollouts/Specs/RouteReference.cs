namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>Names an HTTPRoute that carries the weights.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record RouteReference(string Namespace, string Name);
