using System.Collections.Frozen;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>Which pods play the canary in a replay, and which the stable side.</summary>
/// <param name="Canary">The canary's pods.</param>
/// <param name="Stable">The stable side's.</param>
/// <param name="Kept">The part of the canary's requests that is kept, drawn at random as a route with a small weight does; 1 keeps all.</param>
public sealed record Sides(FrozenSet<string> Canary, FrozenSet<string> Stable, double Kept)
{
    /// <summary>Splits pods of one version at random; null where there are fewer than two.</summary>
    /// <param name="pods">The pods' names, in an order that is always the same.</param>
    /// <param name="kind">How.</param>
    /// <param name="size">How large a canary is, for <see cref="SplitKind.CanarySized"/>.</param>
    /// <param name="draws">Where chance comes from.</param>
    public static Sides? Split(IReadOnlyList<string> pods, SplitKind kind, CanarySize size, Draws draws)
    {
        if (pods.Count < 2) return null;
        var order = draws.Shuffled(pods);
        var wanted = kind == SplitKind.Halves ? pods.Count / 2 : size.Pods ?? (int)Math.Ceiling((size.Share * pods.Count) - 1e-9);
        var count = Math.Clamp(wanted, 1, pods.Count - 1);
        var kept = kind == SplitKind.Halves || size.Pods is not null ? 1 : size.Share / (1 - size.Share) * (pods.Count - count) / count;
        return new Sides(order.Take(count).ToFrozenSet(StringComparer.Ordinal), order.Skip(count).ToFrozenSet(StringComparer.Ordinal), Math.Min(1, kept));
    }

    /// <summary>0: the canary, 1 and 2: the stable side's halves, -1: neither.</summary>
    internal int PartOf(string pod, StableHalves halves) => Canary.Contains(pod) ? 0 : !Stable.Contains(pod) ? -1 : halves.IsSecond(pod) ? 2 : 1;
}
