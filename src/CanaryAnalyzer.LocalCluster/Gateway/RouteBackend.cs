using System.Collections.Immutable;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>A backend of a rule: its weight and the addresses (<c>http://ip:port</c>) of its ready pods.</summary>
internal sealed record RouteBackend(string Service, long Weight, ImmutableArray<string> Addresses);
