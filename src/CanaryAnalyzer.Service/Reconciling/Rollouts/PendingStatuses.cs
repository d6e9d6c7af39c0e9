using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Service.Reconciling.Rollouts;

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
    /// <param name="key">The Rollout.</param>
    /// <param name="uid">Its uid: one of the same name before it is another.</param>
    /// <param name="decision">What was decided.</param>
    public bool MayWait(ResourceKey key, string uid, RolloutDecision decision)
    {
        if (!decision.Events.All(EventSummary.IsIncidental)) return false;
        if (!pending.TryGetValue(key, out var known) || known.Uid != uid) return true;

        // A clock that was set back would let it wait for as long as that.
        var now = time.GetUtcNow();
        return known.Since <= now && now < known.Since + Delay;
    }

    /// <summary>Keeps what a status that waits has to tell.</summary>
    /// <param name="key">The Rollout.</param>
    /// <param name="about">The Rollout, whose identity the facts are told of.</param>
    /// <param name="facts">What there is to tell.</param>
    /// <returns>When it is written at the latest.</returns>
    public DateTimeOffset Keep(ResourceKey key, JsonObject about, IReadOnlyList<RolloutEvent> facts)
    {
        if (!pending.TryGetValue(key, out var known) || known.Uid != about.Uid()) known = new Pending(about.Uid(), about, time.GetUtcNow(), []);
        pending[key] = known with { Facts = [.. known.Facts, .. facts.Except(known.Facts)] };
        return known.Since + Delay;
    }

    /// <summary>What the statuses of a Rollout that waited had to tell, each once; nothing of it waits any more.</summary>
    /// <returns>The facts of this Rollout, and none of another one that had its name.</returns>
    public IReadOnlyList<RolloutEvent> Take(ResourceKey key, string uid) => pending.TryRemove(key, out var known) && known.Uid == uid ? known.Facts : [];

    /// <summary>What waited of one Rollout that is gone, or of all of them where the key is null: nobody will write these statuses any more.</summary>
    public IReadOnlyList<(ResourceKey Key, JsonObject About, IReadOnlyList<RolloutEvent> Facts)> TakeLeft(ResourceKey? key = null) =>
        [.. (key is { } one ? [one] : pending.Keys.ToList()).Select(Left).OfType<Leaving>().Select(l => (l.Key, l.Pending.About, l.Pending.Facts))];

    private Leaving? Left(ResourceKey key) => pending.TryRemove(key, out var known) && known.Facts.Count > 0 ? new Leaving(key, known) : null;

    private sealed record Pending(string Uid, JsonObject About, DateTimeOffset Since, IReadOnlyList<RolloutEvent> Facts);

    private sealed record Leaving(ResourceKey Key, Pending Pending);
}
