using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>The new version takes over by steps, with its share of the traffic set on routes.</summary>
public sealed record CanaryStrategy : Strategy
{
    private const string Path = "spec.strategy.canary";

    /// <summary>The Service that selects the new version's pods.</summary>
    public required string CanaryService { get; init; }

    /// <summary>The Service that selects the stable version's pods.</summary>
    public required string StableService { get; init; }

    /// <summary>The steps in their order; may be empty.</summary>
    public ImmutableArray<CanaryStep> Steps { get; init; } = [];

    /// <summary>
    /// Pods that there may be beyond the replicas: a number or a share of them, rounded up. Default 25%. Of no effect where routes carry the weights.
    /// </summary>
    public CountOrShare MaxSurge { get; init; } = CountOrShare.OfShare(25);

    /// <summary>The fewest pods of a version that has any; null for no such floor.</summary>
    public int? MinPodsPerReplicaSet { get; init; }

    /// <summary>The analysis that runs beside the steps; null for none.</summary>
    public BackgroundAnalysis? Background { get; init; }

    /// <inheritdoc/>
    public override int StepCount => Steps.Length;

    /// <inheritdoc/>
    public override ServiceNames Services => new(CanaryService, StableService);

    /// <inheritdoc/>
    public override IEnumerable<StrategyAnalysis> Analyses
    {
        get
        {
            foreach (var (index, step) in Steps.Index())
            {
                if (step is CanaryStep.Analysis analysis) yield return new StrategyAnalysis($"{Path}.steps[{index}].analysis", analysis.Run, MustEnd: true);
            }

            if (Background is { } background) yield return new StrategyAnalysis($"{Path}.analysis", background.Analysis, MustEnd: false);
        }
    }

    /// <inheritdoc/>
    public override bool ExpectsProgressAt(int? step) => StepAt(step) is null or CanaryStep.SetWeight;

    /// <summary>The weight set by the last <c>setWeight</c> at or before a step; all traffic past the last step.</summary>
    public int WeightAt(int step)
    {
        if (step >= Steps.Length) return TrafficWeights.Max;
        for (var i = step; i >= 0; i--)
        {
            if (Steps[i] is CanaryStep.SetWeight set) return set.Weight;
        }

        return 0;
    }

    /// <summary>A step by its index; null without one, and past the last one.</summary>
    public CanaryStep? StepAt(int? step) => step is { } index && index < Steps.Length ? Steps[index] : null;
}
