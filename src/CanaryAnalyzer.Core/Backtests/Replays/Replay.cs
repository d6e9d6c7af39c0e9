using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Replays;

/// <summary>What the judge would have said.</summary>
public sealed record Replay
{
    /// <summary>The last verdict: Continue is never one.</summary>
    public required JudgeVerdict Verdict { get; init; }

    /// <summary>Why.</summary>
    public required VerdictReason Reason { get; init; }

    /// <summary>Time from the start to the verdict.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The verdict's sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Natural logarithm of the evidence of harm after each look.</summary>
    public required ImmutableArray<float> LogEvidence { get; init; }

    /// <summary>By how much evidence was toned down at the end, a number a measure.</summary>
    public required ImmutableArray<double> Dispersion { get; init; }

    /// <summary>Requests of the canary over the whole window, the largest number of its measures.</summary>
    public required long CanaryRequests { get; init; }

    /// <summary>Looks that had data for every measure, of those that were taken.</summary>
    public required int LooksWithData { get; init; }

    /// <summary>Lets the judge go through a window.</summary>
    /// <param name="measures">What it sees.</param>
    /// <param name="options">How it judges; <see cref="JudgeOptions.MaxDuration"/> ends it.</param>
    public static Replay Of(ImmutableArray<MeasureWindow> measures, JudgeOptions options)
    {
        var state = JudgeState.Start(options, [.. measures.Select(measure => measure.History)]);
        var looks = measures.Min(measure => measure.Looks.Length);
        var evidence = ImmutableArray.CreateBuilder<float>(looks);
        LookResult? last = null;
        var withData = 0;
        for (var look = 1; look <= looks; look++)
        {
            ImmutableArray<MeasureCounts?> counts = [.. measures.Select(measure => measure.Looks[look - 1])];
            last = SequentialJudge.Look(state, new LookInput(look, look * options.Interval, counts, look == looks), options);
            state = last.State;
            evidence.Add((float)last.Report.LogEvidence);
            if (counts.All(one => one is not null)) withData++;
            if (last.Verdict != JudgeVerdict.Continue) break;
        }

        if (last is null) throw new ArgumentException("A replay needs at least one look.", nameof(measures));
        return new Replay
        {
            Verdict = last.Verdict,
            Reason = last.Report.Reason,
            Elapsed = last.Report.Elapsed,
            Sentence = VerdictSentence.Of(last.Report),
            LogEvidence = evidence.ToImmutable(),
            Dispersion = [.. last.Report.Measures.Select(measure => measure.Dispersion)],
            CanaryRequests = measures.Max(measure => measure.Looks.Sum(counts => counts?.Canary.Requests ?? 0)),
            LooksWithData = withData,
        };
    }
}
