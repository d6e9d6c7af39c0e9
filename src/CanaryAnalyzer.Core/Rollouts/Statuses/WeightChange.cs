namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>A change of the canary's share of the traffic.</summary>
/// <param name="Weight">The share from then on, in percent.</param>
/// <param name="At">When it was set.</param>
public sealed record WeightChange(int Weight, DateTimeOffset At);
