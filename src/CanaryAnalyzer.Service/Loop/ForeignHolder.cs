namespace CanaryAnalyzer.Service.Loop;

/// <summary>Another rollout controller at work.</summary>
/// <param name="Identity">How it names itself.</param>
/// <param name="Lease">The Lease that it holds.</param>
internal sealed record ForeignHolder(string Identity, string Lease);
