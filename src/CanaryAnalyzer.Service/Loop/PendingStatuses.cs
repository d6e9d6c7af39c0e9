using System.Collections.Concurrent;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>
/// The statuses that were decided and not yet written, since they have nothing that anybody needs at once: each since when, and the facts that go with it. In memory alone: a
/// controller that starts decides the same again. Decision 0009.
/// </summary>
internal sealed class PendingStatuses(TimeProvider time)
{
    /// <summary>How long a status waits at most.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<ResourceKey, Pending> pending = new();

    /// <summary>Whether this decision's status may wait, if it has no news.</summary>
    public bool MayWait(ResourceKey key, RolloutDecision decision) =>
        decision.Events.All(EventSummary.IsIncidental) && (!pending.TryGetValue(key, out var known) || time.GetUtcNow() < known.Since + Delay);

    /// <summary>Keeps what a status that waits has to tell.</summary>
    /// <returns>When it is written at the latest.</returns>
    public DateTimeOffset Keep(ResourceKey key, IReadOnlyList<RolloutEvent> facts)
    {
        var known = pending.GetValueOrDefault(key) ?? new Pending(time.GetUtcNow(), []);
        pending[key] = known with { Facts = [.. known.Facts, .. facts.Except(known.Facts)] };
        return known.Since + Delay;
    }

    /// <summary>What the statuses that waited had to tell, each once; nothing waits any more.</summary>
    public IReadOnlyList<RolloutEvent> Take(ResourceKey key) => pending.TryRemove(key, out var known) ? known.Facts : [];

    private sealed record Pending(DateTimeOffset Since, IReadOnlyList<RolloutEvent> Facts);
}
