using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>
/// How a new version takes over. Closed: each case has a folder of its own in <c>Rollouts/Strategies</c>, with its rules and its allocation, and is registered
/// there.
/// It has what rules that all strategies share may ask for.
/// </summary>
public abstract record Strategy
{
    private protected Strategy()
    {
    }

    /// <summary>The number of its steps; zero where it has none.</summary>
    public abstract int StepCount { get; }

    /// <summary>The Services that it points at versions.</summary>
    public abstract ServiceNames Services { get; }

    /// <summary>The routes that carry the weights; empty where nothing routes.</summary>
    public ImmutableArray<RouteReference> Routes { get; init; } = [];

    /// <summary>The analyses that it runs by itself, whatever a PromotionPolicy adds.</summary>
    public abstract IEnumerable<StrategyAnalysis> Analyses { get; }

    /// <summary>Pods that may be missing at any time: a number or a share of the replicas, rounded down. Default 25%.</summary>
    public CountOrShare MaxUnavailable { get; init; } = CountOrShare.OfShare(25);

    /// <summary>How long an old version stays up after it lost its traffic. Default 30s.</summary>
    public TimeSpan ScaleDownDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many old versions may stay up at once; null for any number.</summary>
    public int? ScaleDownDelayRevisionLimit { get; init; }

    /// <summary>How long an aborted new version stays up; null for ever. Default 30s.</summary>
    public TimeSpan? AbortScaleDownDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When a scaled new version counts as ready. Default: all its pods.</summary>
    public ProgressThreshold Threshold { get; init; } = ProgressThreshold.All;

    /// <summary>Whether a step brings pods or traffic about, so that the progress deadline runs; a pause or an analysis only waits.</summary>
    /// <param name="step">The step's index; null without steps, and the number of steps when all are done.</param>
    public abstract bool ExpectsProgressAt(int? step);
}
