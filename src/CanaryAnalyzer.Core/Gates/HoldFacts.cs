namespace CanaryAnalyzer.Core.Gates;

/// <summary>What holds promotions, besides a policy's own <c>suspend</c>. Aborts are never held.</summary>
/// <param name="IsPaused">Whether a user pauses the whole update.</param>
/// <param name="IsHalted">Whether another analysis ended without a result, and a user has to decide.</param>
/// <param name="IsNamespaceHeld">Whether the namespace holds all promotions.</param>
public sealed record HoldFacts(bool IsPaused, bool IsHalted, bool IsNamespaceHeld);
