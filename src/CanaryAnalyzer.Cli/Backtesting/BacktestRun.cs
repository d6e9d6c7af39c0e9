using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Core.Backtests.Injections;
using CanaryAnalyzer.Core.Backtests.Replays;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>Replays the judge on counted history, on all processors; the numbers are the same on any number of them.</summary>
internal sealed class BacktestRun(CountedHistory history, JudgeOptions judge, int past, BacktestOptions options, IBacktestProgress progress, CancellationToken cancellationToken)
{
    private const int MostWindowsAnEffect = 200;
    private const int MostWindowsADuration = 60;
    private static readonly ImmutableArray<int> Longer = [2, 4];
    private readonly CanarySize _size = new(options.Share, options.Pods);

    /// <summary>The windows of the judge's own maximal duration.</summary>
    public AaPlan Plan { get; } = AaPlan.Of(history, Looks(judge), past);

    /// <summary>Replays without harm.</summary>
    public IReadOnlyList<AaResult> ReplayAa()
    {
        var jobs = Plan.Windows.SelectMany((window, number) => Enumerable.Range(0, options.Splits).Select(split => (window, number, split))).ToList();
        return All("judging without harm", jobs, job =>
        {
            var kind = job.split % 2 == 0 ? SplitKind.CanarySized : SplitKind.Halves;
            return new AaResult(job.number, kind, Replay.Of(Measures(job.window, kind, job.split, judge), judge));
        });
    }

    /// <summary>Replays with harm, one a window and effect.</summary>
    /// <param name="typical">The measures' counts over all of the history.</param>
    public IReadOnlyList<PowerResult> ReplayHarm(ImmutableArray<TypicalCounts> typical)
    {
        var effects = Injection.All.Where(effect => IsPossible(effect, typical)).ToList();
        var windows = Plan.Spread(MostWindowsAnEffect);
        var jobs = effects.SelectMany((effect, number) => windows.Select(window => (effect, number, window))).ToList();
        var replays = All("judging with harm", jobs, job => Replay.Of(Harmed(job.window, job.effect, job.number, judge), judge));
        return windows.IsEmpty ? [] : [.. effects.Select((effect, i) => PowerResult.Of(effect, InjectedHarm.IsHarmful(effect, judge, typical), [.. replays.Skip(i * windows.Length).Take(windows.Length)]))];
    }

    /// <summary>Tries longer maximal durations where this one decides too little.</summary>
    /// <param name="aa">The canary-sized replays without harm.</param>
    /// <param name="power">The replays with harm.</param>
    public IReadOnlyList<DurationTrial> TryDurations(AaSummary? aa, IReadOnlyList<PowerResult> power)
    {
        var smallest = power.FirstOrDefault(effect => effect.Harmful);
        if (aa is null || judge.MaxDuration is not { } most) return [];
        var now = new DurationTrial(most, aa.Promoted, smallest?.Found);
        if (aa.Promoted.Rate >= judge.Power && (smallest is null || smallest.Found.Rate >= judge.Power)) return [now];
        var effect = smallest is null ? null : Injection.All.First(one => one.Name == smallest.Effect);
        return [now, .. Longer.Select(times => TryDuration(times * most, effect)).OfType<DurationTrial>()];
    }

    private DurationTrial? TryDuration(TimeSpan most, Injection? effect)
    {
        var longer = judge with { MaxDuration = most };
        var windows = AaPlan.Of(history, Looks(longer), past).Spread(MostWindowsADuration);
        if (windows.Length < 5) return null;
        var pairs = All($"judging {(int)most.TotalMinutes} minutes", windows.ToList(), window => (
            Good: Replay.Of(Measures(window, SplitKind.CanarySized, 0, longer), longer).Verdict,
            Bad: effect is null ? (JudgeVerdict?)null : Replay.Of(Harmed(window, effect, 0, longer), longer).Verdict));
        return new DurationTrial(
            most,
            Proportion.Independent(pairs.Count(pair => pair.Good == JudgeVerdict.Promote), pairs.Length),
            effect is null ? null : Proportion.Independent(pairs.Count(pair => pair.Bad == JudgeVerdict.Rollback), pairs.Length));
    }

    private ImmutableArray<MeasureWindow> Harmed(AaWindow window, Injection effect, int number, JudgeOptions judging) =>
        InjectedHarm.Into(Measures(window, SplitKind.CanarySized, 0, judging), effect, Draws.Of(options.Seed, window.Window.Start, number, 1));

    private ImmutableArray<MeasureWindow> Measures(AaWindow window, SplitKind kind, int split, JudgeOptions judging)
    {
        var draws = Draws.Of(options.Seed, window.Window.Start, split);
        var sides = Sides.Split(window.Pods, kind, _size, draws) ?? throw new InvalidOperationException("A window without two pods is never planned.");
        return WindowCounting.Count(history, judging, window.Window, sides, draws);
    }

    private bool IsPossible(Injection effect, ImmutableArray<TypicalCounts> typical) =>
        Enumerable.Range(0, typical.Length).Any(i => judge.Measures[i].Kind == effect.Kind && typical[i].Total > 0 && (effect is not Injection.Errors { Times: > 1 } || typical[i].ErrorShare > 0));

    private TResult[] All<TJob, TResult>(string name, List<TJob> jobs, Func<TJob, TResult> work)
    {
        progress.Begin(name, jobs.Count);
        var results = new TResult[jobs.Count];
        Parallel.For(0, jobs.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            results[i] = work(jobs[i]);
            progress.Step();
        });
        return results;
    }

    private static int Looks(JudgeOptions judging) => (int)(judging.MaxDuration!.Value / judging.Interval);
}
