using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>What became of the replays of the stable version against itself.</summary>
public sealed record AaSummary
{
    /// <summary>How many windows there were.</summary>
    public required int Windows { get; init; }

    /// <summary>Rolled back, though nothing was wrong: the false alarms.</summary>
    public required Proportion RolledBack { get; init; }

    /// <summary>Promoted.</summary>
    public required Proportion Promoted { get; init; }

    /// <summary>Undecided at the end.</summary>
    public required Proportion Undecided { get; init; }

    /// <summary>The verdicts' reasons, and how often each was given.</summary>
    public required ImmutableSortedDictionary<string, int> Reasons { get; init; }

    /// <summary>Seconds from the start to the promotion; null where nothing was promoted.</summary>
    public Spread? SecondsToPromotion { get; init; }

    /// <summary>Requests of the canary over a window.</summary>
    public Spread? CanaryRequests { get; init; }

    /// <summary>Whether the interval of the false alarms lies above a stated risk.</summary>
    public bool IsAbove(double risk) => RolledBack.Low > risk;

    /// <summary>Sums up replays.</summary>
    public static AaSummary Of(IReadOnlyCollection<AaResult> results)
    {
        var windows = results.GroupBy(result => result.Window).Select(group => group.Select(result => result.Replay).ToList()).ToList();
        Proportion PartOf(JudgeVerdict verdict) => Proportion.Clustered(windows.ConvertAll(window => (window.Count(replay => replay.Verdict == verdict), window.Count)));
        return new AaSummary
        {
            Windows = windows.Count,
            RolledBack = PartOf(JudgeVerdict.Rollback),
            Promoted = PartOf(JudgeVerdict.Promote),
            Undecided = PartOf(JudgeVerdict.Inconclusive),
            Reasons = results.GroupBy(result => result.Replay.Reason.ToString(), StringComparer.Ordinal).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
            SecondsToPromotion = Spread.Of(results.Where(result => result.Replay.Verdict == JudgeVerdict.Promote).Select(result => result.Replay.Elapsed.TotalSeconds)),
            CanaryRequests = Spread.Of(results.Select(result => (double)result.Replay.CanaryRequests)),
        };
    }
}
