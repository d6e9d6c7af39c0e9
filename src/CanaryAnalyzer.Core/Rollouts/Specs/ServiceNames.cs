namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>The Services that a strategy points at versions.</summary>
/// <param name="Canary">The one that selects the new version; empty where there is none.</param>
/// <param name="Stable">The one that selects the stable version; empty where there is none.</param>
public sealed record ServiceNames(string Canary, string Stable);
