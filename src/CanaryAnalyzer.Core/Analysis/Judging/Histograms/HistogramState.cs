using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>Errors or latency of both sides. All counts are histograms over the same buckets; errors have two, answered and failed.</summary>
/// <param name="Setup">Under what it is judged.</param>
internal sealed record HistogramState(MeasureSetup Setup) : MeasureState(Setup)
{
    /// <summary>How many intervals of the history showed how the two halves of the stable side differ.</summary>
    public int HistoryIntervals { get; init; }

    /// <summary>Whether an interval was compared apart by a label.</summary>
    public bool IsStratified { get; init; }

    /// <summary>Bounds of the buckets in seconds, without +Inf; empty for errors, and while they are unknown.</summary>
    public ImmutableArray<double> Bounds { get; init; } = [];

    /// <summary>What stable did before the first interval that counts: its history, or without one its warm-up. Empty while unknown.</summary>
    public long[] Baseline { get; init; } = [];

    /// <summary>What stable did so far, baseline included.</summary>
    public long[] PastStable { get; init; } = [];

    /// <summary>The canary's counts in the intervals that count.</summary>
    public long[] Canary { get; init; } = [];

    /// <summary>Stable's counts in the intervals that count.</summary>
    public long[] Stable { get; init; } = [];

    /// <summary>Intervals of the warm-up that wait for the baseline, so that their noise can be measured.</summary>
    public BucketPair[] Pending { get; init; } = [];

    /// <summary>An interval of a stable side without two halves that waits to be compared with another; empty where none does.</summary>
    public long[] Unpaired { get; init; } = [];

    /// <summary>Whether the stable side had no two halves to compare at the last look, as with a single pod.</summary>
    public bool LacksHalves { get; init; }

    /// <summary>The shares that are watched, in the order of the plan.</summary>
    public RateState[] Rates { get; init; } = [];

    /// <summary>The body of a latency distribution.</summary>
    public BodyState Body { get; init; } = BodyState.Start(Setup.Settings);

    /// <summary>The shape of its tail, under a version that looks for it.</summary>
    public BodyState Shape { get; init; } = BodyState.Start(1);

    /// <summary>What is watched; null while the baseline is unknown. Follows from the rest, and isn't written.</summary>
    public HistogramPlan? Plan { get; init; }

    /// <inheritdoc/>
    public override bool IsUnknown => Plan is null;

    /// <inheritdoc/>
    public override bool IsTooCoarse => Plan is { } plan && (plan.MissesBounds || !Array.Exists(plan.Rates, r => r.ShowSafe));

    /// <inheritdoc/>
    public override bool IsWorseOnBothSides => Array.Exists(Rates, r => r.Surge.Lasting > 1 && r.Surge.Lasting * Setup.Interval >= Setup.Settings.SurgeLasts);

    /// <inheritdoc/>
    public override double LogEvidence
    {
        get
        {
            var parts = new List<HarmPart>(4);
            AddParts(0, parts);
            var log = double.NegativeInfinity;
            foreach (var part in parts)
                log = Logarithms.Add(log, part.Log);
            return log - Math.Log(Setup.Weight);
        }
    }

    /// <inheritdoc/>
    public override double LogSafe
    {
        get
        {
            var weakest = double.PositiveInfinity;
            for (var i = 0; i < Rates.Length; i++)
            {
                if (Plan!.Rates[i].ShowSafe)
                    weakest = Math.Min(weakest, Rates[i].LogSafe(Setup.LogSafeThreshold));
            }

            return double.IsPositiveInfinity(weakest) ? double.NegativeInfinity : weakest;
        }
    }

    /// <inheritdoc/>
    public override void AddParts(int measure, List<HarmPart> parts)
    {
        if (Plan is not { } plan)
        {
            parts.Add(new(measure, Math.Log(Setup.Weight)));
            return;
        }

        for (var i = 0; i < Rates.Length; i++)
        {
            if (plan.Rates[i].Weight > 0)
                parts.Add(new(measure, Math.Log(plan.Rates[i].Weight) + Rates[i].Harm.LogEvidence));
        }

        if (plan.BodyWeight > 0)
            parts.Add(new(measure, Math.Log(plan.BodyWeight) + Body.Harm.LogEvidence));
        if (plan.ShapeWeight > 0)
            parts.Add(new(measure, Math.Log(plan.ShapeWeight) + Shape.Harm.LogEvidence));
    }

    /// <inheritdoc/>
    public override (MeasureState State, bool HasData) Take(MeasureCounts? counts, TimeSpan elapsed, double? spendable)
    {
        var (next, hasData) = HistogramStep.Take(this, counts, elapsed);
        return (spendable is { } allowed ? next.Tested(allowed) : next, hasData);
    }

    /// <inheritdoc/>
    public override ImmutableArray<double> MissingBounds(MeasureCounts counts) =>
        Setup.Options.Kind == MeasureKind.Latency && !counts.BucketBounds.IsDefaultOrEmpty ? CommonBounds.Missing(this, counts.BucketBounds) : [];

    /// <summary>The dispersion by which evidence is toned down.</summary>
    /// <param name="noise">What the halves of the stable side showed.</param>
    public double Dispersion(Dispersion noise) => Setup.Settings.Dispersion(noise, HistoryIntervals);

    /// <inheritdoc/>
    public override bool IsStarved(JudgeOptions options, TimeSpan elapsed)
    {
        var logThreshold = Math.Log(1 / options.FalsePromotion);
        var counted = elapsed - Setup.Options.EffectiveWarmup;
        var growth = options.MaxDuration is { } end && end > elapsed && counted > TimeSpan.Zero ? (end - Setup.Options.EffectiveWarmup) / counted : 1;
        for (var r = 0; r < Rates.Length; r++)
        {
            var rate = Plan!.Rates[r];
            if (!rate.ShowSafe || Rates[r].LogSafe(logThreshold) >= logThreshold)
                continue;
            if (Setup.Settings.PlansSafety)
            {
                if (StakedRate.IsStarved(this, rate, Rates[r], growth, options.FalsePromotion * Setup.Settings.SpentByEnd))
                    return true;
                continue;
            }

            double canary = Buckets.Total(Canary), stable = Buckets.Total(Stable), hits = Buckets.Above(Stable, rate.Index);
            var share = (hits + 0.5) / (stable + 1);
            var absolute = Setup.Options.MarginAbsolute;
            var like = RateStep.LikeStable(share, rate.SafeRatio, absolute);
            var best = RateEvidence.LogE(like, rate.SafeRatio, absolute, canary, canary * share, stable, hits);
            if ((best / Dispersion(Rates[r].Noise)) + Math.Log(Setup.Settings.SafeRule.Weights[0]) < logThreshold)
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override MeasureState ForNextRun() => this with
    {
        CanaryRequests = 0,
        Canary = new long[Canary.Length],
        Stable = new long[Stable.Length],
        Rates = [.. Rates.Select(r => r.ForNextRun(Setup.Settings))],
        Body = Body with { Window = Body.Window.ForNextRun() },
    };

    /// <inheritdoc/>
    public override MeasureReport Report(MeasureLook look) => HistogramReport.Of(this, look);

    /// <inheritdoc/>
    public override void Write(StateWriter to)
    {
        to.Count(Looks);
        to.Count(CanaryRequests);
        to.Count(HistoryIntervals);
        to.Count(IsStratified ? 1 : 0);
        if (Setup.Settings.ReadsTime)
        {
            to.Count(LacksHalves ? 1 : 0);
            to.Counts(Unpaired);
        }

        to.Counts(Baseline);
        to.Counts(PastStable);
        to.Counts(Canary);
        to.Counts(Stable);
        to.Count(Rates.Length);
        foreach (var rate in Rates)
            to.Rate(rate);
        if (Setup.Options.Kind == MeasureKind.Latency)
            WriteLatency(to);
        foreach (var rate in Rates)
            to.Window(rate.Window);
        to.Window(Body.Window);
    }

    private void WriteLatency(StateWriter to)
    {
        to.Numbers(Bounds);
        to.Count(Pending.Length);
        foreach (var pair in Pending)
        {
            to.Counts(pair.A);
            to.Counts(pair.B);
        }

        to.Scores(Body);
        if (Setup.Settings.ShapeWeight > 0)
            to.Scores(Shape);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null where it doesn't fit.</summary>
    public static HistogramState? Read(MeasureSetup setup, StateReader from)
    {
        var state = new HistogramState(setup)
        {
            Looks = from.Looks(),
            CanaryRequests = from.Count(),
            HistoryIntervals = from.Looks(),
            IsStratified = from.Count() != 0,
            LacksHalves = setup.Settings.ReadsTime && from.Count() != 0,
            Unpaired = setup.Settings.ReadsTime ? from.Counts() : [],
            Baseline = from.Counts(),
            PastStable = from.Counts(),
            Canary = from.Counts(),
            Stable = from.Counts(),
            Rates = [.. Enumerable.Range(0, from.Length()).Select(_ => from.Rate(setup.Settings))],
        };
        if (setup.Options.Kind == MeasureKind.Latency)
        {
            state = state with
            {
                Bounds = from.Numbers(),
                Pending = [.. Enumerable.Range(0, from.Length()).Select(_ => new BucketPair(from.Counts(), from.Counts()))],
                Body = from.Scores(setup.Settings.SuperioritySteps.Length),
                Shape = setup.Settings.ShapeWeight > 0 ? from.Scores(1) : BodyState.Start(1),
            };
        }

        // A state that was written before there were windows ends here.
        if (!from.AtEnd)
            state = state with { Rates = [.. state.Rates.Select(rate => rate with { Window = from.Window() })], Body = state.Body with { Window = from.Window() } };
        return state.HasFittingHistograms() ? state.WithPlan() : null;
    }

    private HistogramState Tested(double spendable)
    {
        if (Plan is not { } plan)
            return this;
        var rates = new RateState[Rates.Length];
        for (var i = 0; i < rates.Length; i++)
            rates[i] = plan.Rates[i].ShowSafe ? Rates[i] with { Test = Rates[i].Test?.Look(spendable, Dispersion(Rates[i].Noise)) } : Rates[i];
        return this with { Rates = rates };
    }

    private HistogramState? WithPlan()
    {
        var planned = this with { Plan = HistogramPlan.For(this) };
        var fits = planned.Plan is not { } plan ? Rates.Length == 0 : Rates.Length == plan.Rates.Length && Baseline.Length == Canary.Length && Canary.Length == Stable.Length;
        return fits ? planned : null;
    }

    private bool HasFittingHistograms()
    {
        var buckets = Setup.Options.Kind == MeasureKind.Latency ? Bounds.Length + 1 : 2;
        bool Fits(long[] counts) => counts.Length == 0 || counts.Length == buckets;
        return buckets <= SeqSettings.MaxBuckets && Fits(Baseline) && Fits(PastStable) && Fits(Canary) && Fits(Stable) && Fits(Unpaired) && Array.TrueForAll(Pending, p => p.A.Length == buckets && p.B.Length == buckets);
    }
}
