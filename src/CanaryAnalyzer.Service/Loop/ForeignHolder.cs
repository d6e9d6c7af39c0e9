namespace CanaryAnalyzer.Service.Loop;

/// <summary>Another rollout controller at work.</summary>
/// <param name="Identity">How it names itself.</param>
/// <param name="Lease">The Lease that it holds.</param>
/// <param name="IsKnown">Whether its lease was read; false before the first look, when there may be none.</param>
internal sealed record ForeignHolder(string Identity, string Lease, bool IsKnown = true);
