using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>The matchers that pick the two sides' series.</summary>
/// <param name="Rule">Where they come from.</param>
/// <param name="Canary">The canary's.</param>
/// <param name="Stable">The stable side's.</param>
internal sealed record Sides(SideRule Rule, ImmutableArray<LabelMatcher> Canary, ImmutableArray<LabelMatcher> Stable)
{
    /// <summary>The label that a Rollout's pods have, as Prometheus spells it.</summary>
    public const string HashLabel = "rollouts_pod_template_hash";

    /// <summary>The label that tells the sides apart where each has exactly one value of it: then both can be asked together.</summary>
    public string? CommonLabel =>
        Canary is [{ Operator: MatchOperator.Equal } one] && Stable is [{ Operator: MatchOperator.Equal } other] && one.Label == other.Label ? one.Label : null;

    /// <summary>The matcher that picks both sides' series by <see cref="CommonLabel"/>.</summary>
    public LabelMatcher Together(string label) => LabelMatcher.OneOf(label, Canary[0].Value, Stable[0].Value);

    public static Sides? Given(CompareSpec spec) => spec.Canary.IsEmpty ? null : new Sides(SideRule.Given, spec.Canary, spec.Stable);

    public static Sides? ByHash(ImmutableDictionary<string, string> arguments) => Pair(SideRule.Hash, HashLabel, MatchOperator.Equal, arguments, "canary-hash", "stable-hash");

    public static Sides? ByPods(ImmutableDictionary<string, string> arguments) => Pair(SideRule.Pods, "pod", MatchOperator.Matches, arguments, "canary-pods", "stable-pods");

    /// <summary>A side's matchers as people write them.</summary>
    public static string Describe(ImmutableArray<LabelMatcher> matchers) => string.Join(",", matchers);

    private static Sides? Pair(SideRule rule, string label, MatchOperator how, ImmutableDictionary<string, string> arguments, string canary, string stable) =>
        arguments.TryGetValue(canary, out var one) && one.Length > 0 && arguments.TryGetValue(stable, out var other) && other.Length > 0
            ? new Sides(rule, [new LabelMatcher(label, how, one)], [new LabelMatcher(label, how, other)])
            : null;
}
