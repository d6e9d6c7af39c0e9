namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What a latency measure says about a bound that was asked for.</summary>
/// <param name="Asked">The bound in seconds, as it was asked for.</param>
/// <param name="Bound">The bucket bound at which it is watched: the same, or the next above it; null where it lies above all of them, so that it can't be watched.</param>
public sealed record BoundReport(double Asked, double? Bound)
{
    /// <summary>The canary's sums; errors are the requests over <see cref="Bound"/>.</summary>
    public SideTotals Canary { get; init; } = SideTotals.None;

    /// <summary>The stable side's sums.</summary>
    public SideTotals Stable { get; init; } = SideTotals.None;

    /// <summary>The canary's share over the stable one's; null where the latter is 0 or nothing is known. Where counts were compared apart by a label, the ratio that they speak for most.</summary>
    public double? Ratio { get; init; }

    /// <summary>Natural logarithm of its own evidence of harm.</summary>
    public double LogEvidence { get; init; }

    /// <summary>Its own evidence of harm; at most the largest finite double.</summary>
    public double Evidence => Math.Min(Math.Exp(LogEvidence), double.MaxValue);

    /// <summary>Whether it is watched at another bound than was asked for.</summary>
    public bool IsRounded => Bound is { } bound && Math.Abs(bound - Asked) > 1e-9 * Math.Abs(Asked);
}
