using BenchmarkDotNet.Attributes;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Benchmarks;

/// <summary>One look of the judge, its texts included, with the state of a comparison that has run for a while.</summary>
[MemoryDiagnoser]
public class JudgeBenchmarks
{
    private static readonly JudgeOptions Errors = new() { Measures = [new() { Name = "errors", Kind = MeasureKind.ErrorRate }] };
    private static readonly JudgeOptions Latency = new() { Measures = [new() { Name = "latency", Kind = MeasureKind.Latency }] };
    private static readonly MeasureCounts ErrorCounts = new(SideCounts.OfErrors(300, 3), SideCounts.OfErrors(1350, 14), SideCounts.OfErrors(1350, 13));
    private static readonly MeasureCounts LatencyCounts = new(Buckets(300), Buckets(1350), Buckets(1350)) { BucketBounds = [.. Enumerable.Range(1, 19).Select(i => i * 0.025)] };

    private static readonly MeasureHistory Bursts = new([.. Enumerable.Range(0, 30).Select(i => new AaInterval(SideCounts.OfErrors(1350, i % 5 == 0 ? 90 : 3), SideCounts.OfErrors(1350, i % 7 == 0 ? 80 : 4)))], []);

    private JudgeState _errors = JudgeState.Start(Errors, []);
    private JudgeState _clumped = JudgeState.Start(Errors, [Bursts]);
    private JudgeState _latency = JudgeState.Start(Latency, []);

    [GlobalSetup]
    public void Setup()
    {
        for (var look = 1; look <= 30; look++)
        {
            _errors = SequentialJudge.Look(_errors, Input(look, ErrorCounts), Errors).State;
            _clumped = SequentialJudge.Look(_clumped, Input(look, ErrorCounts), Errors).State;
            _latency = SequentialJudge.Look(_latency, Input(look, LatencyCounts), Latency).State;
        }
    }

    [Benchmark(Baseline = true, Description = "look at error counts")]
    public LookResult LookAtErrors() => SequentialJudge.Look(_errors, Input(31, ErrorCounts), Errors);

    [Benchmark(Description = "look at error counts that come in clumps")]
    public LookResult LookAtClumps() => SequentialJudge.Look(_clumped, Input(31, ErrorCounts), Errors);

    /// <summary>Planned looks, at which safety is tested, are among them.</summary>
    [Benchmark(Description = "look at error counts, mean of the 60 of a pause", OperationsPerInvoke = 60)]
    public JudgeState WholePause()
    {
        var state = JudgeState.Start(Errors, []);
        for (var look = 1; look <= 60; look++)
            state = SequentialJudge.Look(state, Input(look, ErrorCounts), Errors).State;
        return state;
    }

    [Benchmark(Description = "look at 20 latency buckets")]
    public LookResult LookAtLatency() => SequentialJudge.Look(_latency, Input(31, LatencyCounts), Latency);

    [Benchmark(Description = "write and read the state, 20 buckets")]
    public bool WriteAndRead() => JudgeState.TryRead(_latency.Write(), Latency, out _, out _);

    private static LookInput Input(int look, MeasureCounts counts) => new(look, TimeSpan.FromSeconds(30 * look), [counts]);

    private static SideCounts Buckets(long requests) => SideCounts.OfBuckets([.. Enumerable.Range(1, 20).Select(i => requests / (i * i + i))]);
}
