using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Planning;

/// <summary>
/// Forecasts judged pauses by letting the judge itself judge made-up counts: those expected, for what can be found and when; and drawn ones with a fixed seed,
/// for how often a canary equal to stable is promoted. So a forecast can't differ from what the judge does.
/// </summary>
public static class PauseForecaster
{
    /// <summary>The sizes of harm whose time to be found is told.</summary>
    public static readonly ImmutableArray<double> Ratios = [1.5, 2, 5, 10];

    private const int Seed = 20240607;
    private const int MostPauses = 200;
    private const int FewestPauses = 40;
    private const int MostLooksDrawn = 12_000;
    private const int MostLooksExpected = 2_000;
    private const int DeadlinesAhead = 10;

    // The judge's cap: one interval alone never convicts.
    private const int FewestLooks = 2;

    /// <summary>Forecasts a pause.</summary>
    /// <param name="options">How the pause is judged; its maximal duration is the deadline and must be given.</param>
    /// <param name="history">How far back the stable side is read.</param>
    /// <param name="traffic">What traffic is assumed.</param>
    /// <param name="canaryShare">The canary's part of it, in [0, 1].</param>
    /// <exception cref="ArgumentException">There is no maximal duration.</exception>
    public static PauseForecast Of(JudgeOptions options, TimeSpan history, TrafficAssumption traffic, double canaryShare)
    {
        var deadline = options.MaxDuration ?? throw new ArgumentException("A pause has a deadline.", nameof(options));
        var judged = Countable(options);
        var past = (int)(history / options.Interval);
        if (judged.Measures.IsEmpty)
            return new PauseForecast { Deadline = deadline, Measures = [], Promoted = 0, RolledBack = 0, Simulated = 0, UndecidedBecause = VerdictReason.NoData };
        var (measures, safeAfter) = Expect(judged, past, traffic, canaryShare, deadline);
        return Simulate(judged, past, traffic, canaryShare, deadline) with { Measures = measures, ShownSafeAfter = safeAfter };
    }

    // Values of queries and shares of traffic don't follow from a number of requests: they are left out, with their part of the risk.
    private static JudgeOptions Countable(JudgeOptions options)
    {
        var kept = options.Measures.Where(m => m.Kind is not (MeasureKind.Series or MeasureKind.Traffic)).ToImmutableArray();
        return options with { Measures = kept, FalseRollback = options.FalseRollback * kept.Sum(options.WeightOf) };
    }

    private static (ImmutableArray<MeasureForecast> Measures, TimeSpan? SafeAfter) Expect(
        JudgeOptions options, int past, TrafficAssumption traffic, double canaryShare, TimeSpan deadline)
    {
        // Where safety is tested at planned looks they are those of the pause itself, and of the time after it; else every look could show it.
        var endless = SeqSettings.Find(options.Version) is { PlansSafety: true } ? options : options with { Promote = PromoteWhen.WhenSafe, MinDuration = TimeSpan.Zero, MaxDuration = null };
        var stream = TrafficStream.Expected(endless, traffic, canaryShare);
        var state = JudgeState.Start(endless, stream.Past(past));
        var course = new ExpectedCourse(endless, traffic, deadline);
        var most = Math.Clamp((int)(deadline * DeadlinesAhead / endless.Interval), 1, MostLooksExpected);
        for (var look = 1; look <= most && !course.IsComplete; look++)
        {
            var result = SequentialJudge.Look(state, new LookInput(look, look * endless.Interval, stream.Next()), endless);
            state = result.State;
            course.Add(result.Report, look >= FewestLooks);
        }

        return (course.Measures(), course.SafeAfter);
    }

    private static PauseForecast Simulate(JudgeOptions options, int past, TrafficAssumption traffic, double canaryShare, TimeSpan deadline)
    {
        var looks = Math.Max(1, (int)Math.Ceiling(deadline / options.Interval));
        var pauses = Math.Clamp(MostLooksDrawn / looks, FewestPauses, MostPauses);
        var draws = new PoissonDraws(Seed);
        var stream = new TrafficStream(options, traffic, canaryShare, (_, mean) => draws.Next(mean));
        var promoted = new List<TimeSpan>();
        var open = new List<VerdictReason>();
        for (var pause = 0; pause < pauses; pause++)
        {
            var last = Run(options, stream, past, looks);
            if (last.Verdict == JudgeVerdict.Promote) promoted.Add(last.Elapsed);
            else if (last.Verdict != JudgeVerdict.Rollback) open.Add(last.Reason);
        }

        return new PauseForecast
        {
            Deadline = deadline,
            Measures = [],
            Promoted = (double)promoted.Count / pauses,
            RolledBack = (double)(pauses - promoted.Count - open.Count) / pauses,
            PromotedAfter = promoted.Count == 0 ? null : promoted.Order().ElementAt((promoted.Count - 1) / 2),
            UndecidedBecause = open.Count == 0 ? null : open.GroupBy(reason => reason).OrderByDescending(group => group.Count()).First().Key,
            Simulated = pauses,
        };
    }

    private static LookReport Run(JudgeOptions options, TrafficStream stream, int past, int looks)
    {
        var state = JudgeState.Start(options, stream.Past(past));
        for (var look = 1; ; look++)
        {
            var result = SequentialJudge.Look(state, new LookInput(look, look * options.Interval, stream.Next()), options);
            if (look >= looks || result.Verdict != JudgeVerdict.Continue) return result.Report;
            state = result.State;
        }
    }
}
