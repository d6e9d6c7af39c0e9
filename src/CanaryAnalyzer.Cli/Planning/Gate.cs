using CanaryAnalyzer.Core.Policies;

namespace CanaryAnalyzer.Cli.Planning;

/// <summary>A step of a Rollout, and what it takes to get past it.</summary>
internal sealed record Gate
{
    /// <summary>The step's number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The step as events name it.</summary>
    public required string What { get; init; }

    /// <summary>The canary's share of the traffic during the step, in percent.</summary>
    public required int Weight { get; init; }

    /// <summary>Who opens the gate; empty for a step without one.</summary>
    public string By { get; init; } = "";

    /// <summary>When it ends undecided; null where it has no end.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The policy that judges it; null where none does.</summary>
    public PromotionPolicySpec? Policy { get; init; }

    /// <summary>What judges it.</summary>
    public IReadOnlyList<GateComparison> Comparisons { get; init; } = [];
}
