using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Core.Policies;

/// <summary>What a PromotionPolicy asks for: parsed, defaulted, valid.</summary>
public sealed record PromotionPolicySpec
{
    /// <summary>Labels that a Rollout of the policy's namespace must have; empty selects all.</summary>
    public ImmutableSortedDictionary<string, string> MatchLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether it acts, or only says what it would have done.</summary>
    public PolicyMode Mode { get; init; } = PolicyMode.Enforce;

    /// <summary>Whether promotions are held; aborts go on.</summary>
    public bool Suspend { get; init; }

    /// <summary>What judges: templates and the arguments given to them.</summary>
    public required RolloutAnalysis Analysis { get; init; }

    /// <summary>The longest that a pause without a duration may be undecided. Default 30 min.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What follows a successful run.</summary>
    public GateAction OnSuccessful { get; init; } = GateAction.Promote;

    /// <summary>What follows a failed run.</summary>
    public GateAction OnFailed { get; init; } = GateAction.Abort;

    /// <summary>What follows where nothing was decided, by reason.</summary>
    public ImmutableSortedDictionary<UndecidedReason, GateAction> OnInconclusive { get; init; } = ImmutableSortedDictionary<UndecidedReason, GateAction>.Empty;

    /// <summary>The largest ratio that may have gone unseen when too little traffic promotes; null promotes never.</summary>
    public double? AcceptUndetected { get; init; }
}
