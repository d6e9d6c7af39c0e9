using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

namespace CanaryAnalyzer.Core.Rollouts.Strategies;

/// <summary>All strategies. The lists of rules in <c>deploy/docs/architecture.md</c> are printed from it.</summary>
internal static class StrategyCatalog
{
    /// <summary>The strategies, in the order of the documents.</summary>
    public static ImmutableArray<StrategyRules> All { get; } = [CanaryRules.Strategy];

    /// <summary>How Rollouts of a strategy are decided.</summary>
    public static StrategyRules Of(Strategy strategy) => All.First(s => s.Case == strategy.GetType());
}
