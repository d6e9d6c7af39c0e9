using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Allocations;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>How Rollouts of one strategy are decided.</summary>
internal sealed record StrategyRules
{
    /// <summary>The strategy's name in the documents.</summary>
    public required string Name { get; init; }

    /// <summary>The case of <see cref="Strategy"/>.</summary>
    public required Type Case { get; init; }

    /// <summary>The rules in the order in which they are applied.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>How it spreads pods and traffic.</summary>
    public required Func<DecisionDraft, Allocation> Allocate { get; init; }

    /// <summary>What is wrong with the objects that the strategy names, given the wanted pod template.</summary>
    public required Func<RolloutObservation, Strategy, PodTemplate, ImmutableArray<SpecError>> CheckReferences { get; init; }
}
