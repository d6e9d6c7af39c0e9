using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>Puts errors or latency into numbers.</summary>
internal static class HistogramReport
{
    /// <summary>The report of a measure at a look.</summary>
    public static MeasureReport Of(HistogramState state, MeasureLook look)
    {
        var (options, settings, plan) = (state.Setup.Options, state.Setup.Settings, state.Plan);
        var logEvidence = state.LogEvidence;
        var (component, at) = plan is null ? (Unknown(options.Kind), -1) : MostTelling(state, plan, logEvidence);
        var noise = component == EvidenceComponent.Body || at < 0 ? state.Body.Noise : state.Rates[at].Noise;
        var reach = plan is null ? default : Reach.Of(state, plan, look);
        var interval = at < 0 ? default : RatioInterval.Of(state.Rates[at].Likelihood, settings);
        var (canary, stable) = (Totals(state.Canary, plan, at), Totals(state.Stable, plan, at));
        return new()
        {
            Name = options.Name,
            Kind = options.Kind,
            Required = options.EffectiveRequired,
            HasData = look.HasData,
            Absence = look.Absence,
            Component = component,
            Bound = at < 0 ? null : plan!.Rates[at].Bound,
            Unit = options.Unit,
            Canary = canary,
            Stable = stable,
            Ratio = at < 0 ? null : Ratio(state, at, canary, stable),
            Low = interval.Low,
            High = interval.High,
            Superiority = plan is not null && options.Kind == MeasureKind.Latency ? OrdinalEvidence.Superiority(state.Canary, state.Stable) : null,
            LogEvidence = logEvidence,
            Bounds = plan is null ? [] : [.. options.Bounds.Select(bound => Asked(state, plan, bound))],
            Safe = plan is not null && options.EffectiveRequired ? Safe(state, plan) : [],
            Dispersion = state.Dispersion(noise),
            DispersionMeasured = noise.Intervals > 0,
            LacksHalves = state.LacksHalves,
            HasHistory = state.HistoryIntervals > 0,
            DetectableRatio = reach.Now,
            DetectableByEnd = reach.ByEnd,
            TimeToFindHalfMore = reach.HalfMore,
            TimeToFindDouble = reach.Double,
        };
    }

    private static EvidenceComponent Unknown(MeasureKind kind) => kind == MeasureKind.ErrorRate ? EvidenceComponent.Errors : EvidenceComponent.Body;

    private static SideTotals Totals(long[] counts, HistogramPlan? plan, int at) =>
        counts.Length == 0 ? SideTotals.None : new(Buckets.Total(counts), at < 0 ? 0 : Buckets.Above(counts, plan!.Rates[at].Index));

    private static double? Ratio(HistogramState state, int at, SideTotals canary, SideTotals stable)
    {
        if (state.IsStratified)
            return RatioInterval.Likeliest(state.Rates[at].Likelihood, state.Setup.Settings);
        return stable.Share > 0 && canary.Requests > 0 ? canary.Share / stable.Share : null;
    }

    private static BoundReport Asked(HistogramState state, HistogramPlan plan, double asked)
    {
        var index = Buckets.IndexFor(state.Bounds, asked);
        var at = index < 0 ? -1 : Array.FindIndex(plan.Rates, rate => rate.Component == EvidenceComponent.Bound && rate.Index == index);
        if (at < 0)
            return new(asked, null);
        var (canary, stable) = (Totals(state.Canary, plan, at), Totals(state.Stable, plan, at));
        return new(asked, plan.Rates[at].Bound) { Canary = canary, Stable = stable, Ratio = Ratio(state, at, canary, stable), LogEvidence = state.Rates[at].Harm.LogEvidence };
    }

    private static ImmutableArray<SafeEvidence> Safe(HistogramState state, HistogramPlan plan)
    {
        var safe = ImmutableArray.CreateBuilder<SafeEvidence>(plan.Rates.Length);
        for (var i = 0; i < plan.Rates.Length; i++)
        {
            if (plan.Rates[i].ShowSafe)
                safe.Add(state.Rates[i].Report(plan.Rates[i].Component, plan.Rates[i].Bound, state.Setup.LogSafeThreshold));
        }

        return safe.DrainToImmutable();
    }

    /// <summary>What to talk about: with a sign of harm its strongest part, else what is least shown safe; the share's index, or -1 where there is none to show.</summary>
    private static (EvidenceComponent Component, int Rate) MostTelling(HistogramState state, HistogramPlan plan, double logEvidence)
    {
        var (median, worst, least) = (-1, -1, -1);
        var strongest = double.NegativeInfinity;
        for (var i = 0; i < plan.Rates.Length; i++)
        {
            var rate = plan.Rates[i];
            if (rate.Component == EvidenceComponent.Body)
                median = i;
            var log = rate.Weight > 0 ? Math.Log(rate.Weight) + state.Rates[i].Harm.LogEvidence : double.NegativeInfinity;
            if (log > strongest)
                (worst, strongest) = (i, log);
            if (rate.ShowSafe && (least < 0 || state.Rates[i].LogSafe(0) < state.Rates[least].LogSafe(0)))
                least = i;
        }

        // The shape of the tail has no share of its own: its strongest bound speaks for it.
        var tail = plan.ShapeWeight > 0 ? Math.Max(strongest, Math.Log(plan.ShapeWeight) + state.Shape.Harm.LogEvidence) : strongest;
        if (plan.BodyWeight > 0 && Math.Log(plan.BodyWeight) + state.Body.Harm.LogEvidence >= tail)
            worst = -1;
        var telling = logEvidence >= Math.Log(2) ? worst : least;
        return telling >= 0 ? (plan.Rates[telling].Component, telling) : (EvidenceComponent.Body, median);
    }
}
