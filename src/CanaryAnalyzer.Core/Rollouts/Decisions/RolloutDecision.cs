using System.Collections.Immutable;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Decisions;

/// <summary>What one pass decided.</summary>
/// <param name="NextStatus">The status to write, last and conditionally.</param>
/// <param name="Effects">The changes to make, in their order.</param>
/// <param name="Events">What to tell people once the status is written.</param>
/// <param name="LookAgainAt">The instant at which time alone may change the decision; null where it cannot.</param>
public sealed record RolloutDecision(
    RolloutStatus NextStatus, ImmutableArray<Effect> Effects, ImmutableArray<RolloutEvent> Events, DateTimeOffset? LookAgainAt);
