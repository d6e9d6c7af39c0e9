namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>An effect did what none may do.</summary>
internal sealed class UnsafeEffectException(string message) : Exception(message);
