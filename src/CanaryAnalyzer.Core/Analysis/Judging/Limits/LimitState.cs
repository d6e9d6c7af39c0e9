using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Limits;

/// <summary>The canary's share of failed requests against a fixed limit, whatever the stable side does; of that only the noise is used, where the counts have it and the version reads it there.</summary>
/// <param name="Setup">Under what it is judged.</param>
/// <param name="Rate">What was gathered, the ratios being those to the limit.</param>
internal sealed record LimitState(MeasureSetup Setup, RateState Rate) : MeasureState(Setup)
{
    private readonly MixtureRule _rule = Setup.Settings.HarmRule(Setup.FalseRollback, Setup.Weight);

    /// <summary>How many intervals of the history showed how the two halves of the stable side differ.</summary>
    public int HistoryIntervals { get; init; }

    /// <summary>The canary's counts since the first look of the run.</summary>
    public SideTotals Canary { get; init; } = SideTotals.None;

    /// <summary>The stable side's.</summary>
    public SideTotals Stable { get; init; } = SideTotals.None;

    /// <summary>The canary's interval that waits to be compared with another, under a version that reads noise from time; nothing where none does.</summary>
    public SideTotals Unpaired { get; init; } = SideTotals.None;

    /// <summary>The two intervals that differ most, which count as noise only once others differ even more; nothing before two were compared, and under a version that reads no noise from time.</summary>
    public Dispersion Oddest { get; init; } = Statistics.Dispersion.None;

    /// <inheritdoc/>
    public override double LogEvidence => Rate.Harm.LogEvidence;

    /// <inheritdoc/>
    public override double LogSafe => Rate.LogSafe(Setup.LogSafeThreshold);

    private double Limit => Setup.Options.LimitMax;

    private double Dispersion => Setup.Settings.ReadsTime
        ? Setup.Settings.Dispersion(Rate.Noise, HistoryIntervals)
        : Rate.Noise.Value(Setup.Settings.PriorDispersion(HistoryIntervals), Setup.Settings.PriorIntervals);

    /// <summary>The state before the first look.</summary>
    public static LimitState Start(MeasureSetup setup, MeasureHistory history)
    {
        var start = RateState.Start(setup.Settings);
        var noise = start.Noise;
        foreach (var past in history.Intervals)
        {
            if (BucketInterval.Of(new(SideCounts.None, past.StableA, past.StableB), MeasureKind.Limit, []) is { } interval)
                noise = HistogramStep.Compare(noise, interval.Halves, 0);
        }

        return new(setup, start with { Noise = noise }) { HistoryIntervals = (int)noise.Intervals };
    }

    /// <inheritdoc/>
    public override (MeasureState State, bool HasData) Take(MeasureCounts? counts, TimeSpan elapsed, double? spendable)
    {
        var interval = BucketInterval.Of(counts, MeasureKind.Limit, []);
        var isCounted = interval is not null && Setup.IsCounted(elapsed, counts?.Span);
        var judged = isCounted ? RateCounts.Of(interval!, 0) : default;
        var (noise, unpaired, oddest) = interval is null ? (Rate.Noise, Unpaired, Oddest)
            : Setup.Settings.ReadsTime ? Pair(judged)
            : (HistogramStep.Compare(Rate.Noise, interval.Halves, 0), Unpaired, Oddest);
        var window = Window(judged, LookTime.Of(elapsed, counts?.Span, Setup));
        var rate = Watch(judged) with { Noise = noise, Window = window };
        return (
            this with
            {
                Looks = Looks + 1,
                CanaryRequests = CanaryRequests + (interval?.CanaryTotal ?? 0),
                Unpaired = unpaired,
                Oddest = oddest,
                Rate = spendable is { } allowed ? rate with { Test = rate.Test?.Look(allowed, Dispersion) } : rate,
                Canary = Canary.Plus((long)judged.CanaryRequests, (long)judged.CanaryHits),
                Stable = Stable.Plus((long)judged.StableRequests, (long)judged.StableHits),
            },
            interval is not null);
    }

    /// <inheritdoc/>
    public override bool IsStarved(JudgeOptions options, TimeSpan elapsed)
    {
        var logThreshold = Math.Log(1 / options.FalsePromotion);
        var share = (Canary.Errors + 0.5) / (Canary.Requests + 1.0);
        if (Rate.Test is not null)
        {
            var growth = options.MaxDuration is { } end && end > elapsed ? end / elapsed : 1;
            var expected = growth * Canary.Requests * Limit;
            return LogSafe < logThreshold && PlannedTest.PValue(Math.Min(share / Limit, 0.5) * expected, expected, 0, Dispersion) > options.FalsePromotion * Setup.Settings.SpentByEnd;
        }

        var best = LimitEvidence.LogE(LikeSoFar, Limit, Canary.Requests, Canary.Requests * Math.Min(share, Limit / 2));
        return LogSafe < logThreshold && (best / Dispersion) + Math.Log(Setup.Settings.SafeRule.Weights[0]) < logThreshold;
    }

    /// <inheritdoc/>
    public override MeasureState ForNextRun() => this with { CanaryRequests = 0, Rate = Rate.ForNextRun(Setup.Settings), Canary = SideTotals.None, Stable = SideTotals.None };

    /// <inheritdoc/>
    public override MeasureReport Report(MeasureLook look)
    {
        var interval = RatioInterval.Of(Rate.Likelihood, Setup.Settings);
        return new()
        {
            Name = Setup.Options.Name,
            Kind = MeasureKind.Limit,
            Required = Setup.Options.EffectiveRequired,
            HasData = look.HasData,
            Absence = look.Absence,
            Component = EvidenceComponent.Limit,
            Canary = Canary,
            Stable = Stable,
            Deciding = Rate.Window.IsNone ? null : new(EvidenceComponent.Limit)
            {
                Duration = Rate.Window.Canary == Canary ? null : Rate.Window.Duration,
                Canary = Rate.Window.Canary,
                Ratio = Rate.Window.Canary.Share / Limit,
            },
            Expected = Limit,
            Ratio = Canary.Requests > 0 ? Canary.Share / Limit : null,
            Low = interval.Low,
            High = interval.High,
            LogEvidence = LogEvidence,
            Safe = Setup.Options.EffectiveRequired ? [Rate.Report(EvidenceComponent.Limit, null, Setup.LogSafeThreshold)] : [],
            Dispersion = Dispersion,
            DispersionMeasured = Rate.Noise.Intervals > 0,
            LacksHalves = Setup.Settings.ReadsTime,
            HasHistory = HistoryIntervals > 0,
        };
    }

    /// <inheritdoc/>
    public override void Write(StateWriter to)
    {
        to.Count(Looks);
        to.Count(CanaryRequests);
        to.Count(HistoryIntervals);
        foreach (var side in Setup.Settings.ReadsTime ? [Canary, Stable, Unpaired] : new[] { Canary, Stable })
        {
            to.Count(side.Requests);
            to.Count(side.Errors);
        }

        to.Rate(Rate);
        to.Window(Rate.Window);
        if (Setup.Settings.ReadsTime)
            to.Noise(Oddest);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static LimitState Read(MeasureSetup setup, StateReader from)
    {
        var (looks, requests, history) = (from.Looks(), from.Count(), from.Looks());
        var (canary, stable) = (new SideTotals(from.Count(), from.Count()), new SideTotals(from.Count(), from.Count()));
        var unpaired = setup.Settings.ReadsTime ? new SideTotals(from.Count(), from.Count()) : SideTotals.None;
        var rate = from.Rate(setup.Settings);
        rate = from.AtEnd ? rate : rate with { Window = from.Window() };

        // A state that was written before two intervals were held back ends here.
        var oddest = setup.Settings.ReadsTime && !from.AtEnd ? from.Noise() : Statistics.Dispersion.None;
        return new(setup, rate) { Looks = looks, CanaryRequests = requests, HistoryIntervals = history, Canary = canary, Stable = stable, Unpaired = unpaired, Oddest = oddest };
    }

    // The canary's own past in place of the stable side's, which may be anywhere against the limit.
    private double LikeSoFar => Math.Clamp((Canary.Errors + 0.5) / ((Canary.Requests + 1.0) * Limit), 0.02, 0.95);

    private HarmWindow Window(RateCounts judged, LookTime time) => !(judged.CanaryRequests > 0) ? Rate.Window : Rate.Window.Plus(
        time.Window(LimitEvidence.LogE(Setup.Settings.HarmRatios[0], Limit, judged.CanaryRequests, judged.CanaryHits)) with { Canary = new((long)judged.CanaryRequests, (long)judged.CanaryHits) });

    // A limit asks nothing of the stable side: how clumped errors are is read from how the canary's own intervals differ. Those to come are judged with it. Where harm begins between
    // two of them, they differ as no noise does, and for one such pair harm would be found much later: so the pair that differs most has to be confirmed by another.
    private (Dispersion Noise, SideTotals Unpaired, Dispersion Oddest) Pair(RateCounts judged)
    {
        if (!(judged.CanaryRequests > 0))
            return (Rate.Noise, Unpaired, Oddest);
        if (Unpaired.Requests == 0)
            return (Rate.Noise, new((long)judged.CanaryRequests, (long)judged.CanaryHits), Oddest);
        var pair = Statistics.Dispersion.None.WithCounts(Unpaired.Requests, Unpaired.Errors, judged.CanaryRequests, judged.CanaryHits);
        var isOdder = pair.Observed * Oddest.Expected >= Oddest.Observed * pair.Expected;
        return pair.Intervals == 0 ? (Rate.Noise, SideTotals.None, Oddest)
            : isOdder ? (Rate.Noise.Plus(Oddest), SideTotals.None, pair)
            : (Rate.Noise.Plus(pair), SideTotals.None, Oddest);
    }

    private RateState Watch(RateCounts counts)
    {
        var settings = Setup.Settings;
        var (n, x) = (counts.CanaryRequests, counts.CanaryHits);
        Span<double> harm = stackalloc double[settings.HarmRatios.Length];
        for (var i = 0; i < harm.Length; i++)
            harm[i] = LimitEvidence.LogE(settings.HarmRatios[i], Limit, n, x);
        Span<double> safe = stackalloc double[settings.SafeRatios.Length + 1];
        for (var i = 0; i < safe.Length; i++)
            safe[i] = LimitEvidence.LogE(i == 0 ? LikeSoFar : settings.SafeRatios[i - 1], Limit, n, x);
        var likelihood = new float[Rate.Likelihood.Length];
        for (var i = 0; i < likelihood.Length; i++)
            likelihood[i] = (float)(Rate.Likelihood[i] + (LimitEvidence.LogE(settings.IntervalRatios[i], Limit, n, x) / Dispersion));
        return new(Rate.Harm.With(harm, Dispersion, _rule), Rate.Test is null ? Rate.Safe.With(safe, Dispersion, settings.SafeRule) : Rate.Safe, Rate.Noise, likelihood)
        {
            Test = Rate.Test?.Plus(x, n * Limit, 0),
        };
    }
}
