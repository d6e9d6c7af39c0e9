using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Injections;
using CanaryAnalyzer.Core.Backtests.Replays;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>What became of the replays with one kind of harm.</summary>
public sealed record PowerResult
{
    /// <summary>The harm's name.</summary>
    public required string Effect { get; init; }

    /// <summary>The kind of measure that it changes.</summary>
    public required MeasureKind Kind { get; init; }

    /// <summary>Whether it lies on or beyond the harmful line; smaller harm may be promoted.</summary>
    public required bool Harmful { get; init; }

    /// <summary>Rolled back: found.</summary>
    public required Proportion Found { get; init; }

    /// <summary>Promoted; wrongly where the harm is <see cref="Harmful"/>.</summary>
    public required Proportion Promoted { get; init; }

    /// <summary>Undecided at the end.</summary>
    public required Proportion Undecided { get; init; }

    /// <summary>Seconds from the start of the harm to the rollback; null where none was found.</summary>
    public Spread? SecondsToRollback { get; init; }

    /// <summary>Sums up the replays of one kind of harm, one a window.</summary>
    public static PowerResult Of(Injection injection, bool harmful, IReadOnlyCollection<Replay> replays)
    {
        Proportion PartOf(JudgeVerdict verdict) => Proportion.Independent(replays.Count(replay => replay.Verdict == verdict), replays.Count);
        return new PowerResult
        {
            Effect = injection.Name,
            Kind = injection.Kind,
            Harmful = harmful,
            Found = PartOf(JudgeVerdict.Rollback),
            Promoted = PartOf(JudgeVerdict.Promote),
            Undecided = PartOf(JudgeVerdict.Inconclusive),
            SecondsToRollback = Spread.Of(replays.Where(replay => replay.Verdict == JudgeVerdict.Rollback).Select(replay => replay.Elapsed.TotalSeconds)),
        };
    }
}
