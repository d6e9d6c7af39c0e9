using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Testing.Streams;

/// <summary>Counts streams as a comparison does, and judges them with half the weight on errors, the other half being a latency measure that says nothing.</summary>
public static class PodStreamTrial
{
    /// <summary>Looks of a pause.</summary>
    public const int Looks = 60;

    /// <summary>How many of some streams are rolled back within a pause, and after how many looks on average.</summary>
    /// <param name="kind">What the streams are like.</param>
    /// <param name="streams">How many there are.</param>
    /// <param name="version">The version of the judge.</param>
    public static (int RolledBack, double MeanLook) Of(PodStreamKind kind, int streams, string version = JudgeVersions.Default)
    {
        var looks = new int?[streams];
        Parallel.For(0, streams, i => looks[i] = Rollback(kind, new PodStream(kind, i, Looks), version));
        var rolledBack = looks.Where(look => look is not null).ToList();
        return (rolledBack.Count, rolledBack.Count > 0 ? rolledBack.Average()!.Value : 0);
    }

    private static int? Rollback(PodStreamKind kind, PodStream stream, string version)
    {
        var options = new JudgeOptions { Version = version, Measures = [new() { Name = "errors", Kind = MeasureKind.ErrorRate }, new() { Name = "latency", Kind = MeasureKind.Latency }] };
        var series = stream.Series();
        var window = new LookWindow { At = 0, Interval = PodStream.Interval, ScrapeInterval = PodStream.Interval };
        ImmutableArray<CountedInterval> past = kind.HasHistory ? LookCounting.CountPast(series, window, PodStream.History - 1) : [];
        var halves = past.IsEmpty ? StableHalves.None : past[^1].Halves;
        var state = JudgeState.Start(options, [new MeasureHistory([.. past.Select(one => new AaInterval(one.Counts.StableA, one.Counts.StableB))], [])]);
        var accepted = LookCounting.Count(series, window).Accepted;
        for (var number = 1; number <= Looks; number++)
        {
            var look = LookCounting.Count(series, window with { At = number * PodStream.Interval, Accepted = accepted, Halves = halves });
            (accepted, halves) = (look.Accepted, look.Intervals is [.., var last] ? last.Halves : halves);
            var result = SequentialJudge.Look(state, new LookInput(number, number * options.Interval, [look.Intervals.FirstOrDefault()?.Counts, null]), options);
            if (result.Verdict == JudgeVerdict.Rollback)
                return number;
            state = result.State;
        }

        return null;
    }
}
