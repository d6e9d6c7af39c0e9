namespace CanaryAnalyzer.Core.Gates;

/// <summary>The pause that a gate decides.</summary>
/// <param name="Step">The step at which the update pauses, which its runs name; null where pauses are not counted.</param>
/// <param name="BegunAt">When it began.</param>
/// <param name="Duration">How long it is without a policy; null without an end.</param>
/// <param name="IsLast">Whether no other pause follows.</param>
public sealed record PauseFacts(int? Step, DateTimeOffset BegunAt, TimeSpan? Duration, bool IsLast);
