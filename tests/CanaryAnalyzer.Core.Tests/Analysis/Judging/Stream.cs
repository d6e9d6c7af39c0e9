using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>A comparison in the making: gives looks to a judge one after another, 30 s apart.</summary>
internal sealed class Stream(JudgeOptions options, params ImmutableArray<MeasureHistory> history)
{
    // Many tests look until there is a verdict: a judge that never comes to one must fail them, not hang them.
    private const int MostLooks = 5000;

    private JudgeState _state = JudgeState.Start(options, history);

    public static readonly ImmutableArray<double> Bounds = [0.05, 0.1, 0.25, 0.5, 1];

    public JudgeState State => _state;

    public int Looks => _state.LastLook;

    public static JudgeOptions Errors { get; } = new() { Measures = [new() { Name = "errors", Kind = MeasureKind.ErrorRate }] };

    public static JudgeOptions Latency { get; } = new() { Measures = [new() { Name = "latency", Kind = MeasureKind.Latency }] };

    public static JudgeOptions Both { get; } = Errors with { Measures = [.. Errors.Measures, .. Latency.Measures] };

    /// <summary>Error counts; the stable side's are split into two equal halves.</summary>
    public static MeasureCounts Counts(long canaryRequests, long canaryErrors, long stableRequests, long stableErrors) => new(
        SideCounts.OfErrors(canaryRequests, canaryErrors),
        SideCounts.OfErrors(stableRequests / 2, stableErrors / 2),
        SideCounts.OfErrors(stableRequests - (stableRequests / 2), stableErrors - (stableErrors / 2)));

    /// <summary>Bucket counts over <see cref="Bounds"/>; both halves of the stable side get the same ones.</summary>
    public static MeasureCounts Slow(ImmutableArray<long> canary, ImmutableArray<long> stableHalf) =>
        new(SideCounts.OfBuckets(canary), SideCounts.OfBuckets(stableHalf), SideCounts.OfBuckets(stableHalf)) { BucketBounds = Bounds };

    /// <summary>A history in which each half had the same counts in each of 30 intervals.</summary>
    public static MeasureHistory HistoryOf(long requests, long errors) =>
        new([.. Enumerable.Repeat(new AaInterval(SideCounts.OfErrors(requests, errors), SideCounts.OfErrors(requests, errors)), 30)], []);

    public LookResult Look(params ImmutableArray<MeasureCounts?> counts) => Look(false, counts);

    public LookResult Look(bool deadline, params ImmutableArray<MeasureCounts?> counts)
    {
        var number = _state.LastLook + 1;
        Assert.True(number <= MostLooks, $"no verdict after {MostLooks} looks");
        var result = SequentialJudge.Look(_state, new LookInput(number, number * options.Interval, counts, deadline), options);
        _state = result.State;
        return result;
    }

    /// <summary>The same counts again and again, up to a verdict or the given number of looks.</summary>
    public LookResult Until(int looks, params ImmutableArray<MeasureCounts?> counts)
    {
        var result = Look(counts);
        while (result.Verdict == JudgeVerdict.Continue && _state.LastLook < looks)
            result = Look(counts);
        return result;
    }
}
