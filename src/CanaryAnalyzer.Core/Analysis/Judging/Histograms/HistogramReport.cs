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
        var (component, at) = plan is null ? (Unknown(options.Kind), -1) : Shown(plan);
        var noise = component == EvidenceComponent.Body || at < 0 ? state.Body.Noise : state.Rates[at].Noise;
        var reach = plan is null ? default : Reach.Of(state, plan, look);
        var interval = at < 0 ? default : RatioInterval.Of(state.Rates[at].Likelihood, settings);
        var (canary, stable) = (Totals(state.Canary, plan, at), Totals(state.Stable, plan, at));
        var atMix = at < 0 ? null : ShareAtMix(state, plan!.Rates[at], state.Rates[at], canary, stable);
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
            StableShareAtMix = atMix,
            Ratio = atMix is { } expected ? (expected > 0 ? canary.Share / expected : null) : at < 0 ? null : Ratio(state, at, canary, stable),
            Low = interval.Low,
            High = interval.High,
            Superiority = plan is not null && options.Kind == MeasureKind.Latency ? OrdinalEvidence.Superiority(state.Canary, state.Stable) : null,
            LogEvidence = state.LogEvidence,
            Deciding = plan is null ? null : DecidingShare.Of(state, plan),
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

    /// <summary>What the planned test expects of a canary like stable, which compares each interval and each label with itself.</summary>
    private static double? ShareAtMix(HistogramState state, RatePlan plan, RateState rate, SideTotals canary, SideTotals stable)
    {
        if (rate.Test is not { Expected: > 0 } test || canary.Requests == 0 || !(stable.Share > 0))
            return null;
        var share = Math.Max(0, ((test.Expected / canary.Requests) - state.Setup.Options.MarginAbsolute) / plan.SafeRatio);
        return share / stable.Share is < 0.9 or > 1.1 ? share : null;
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

    /// <summary>
    /// The share that is reported: it follows from the plan, so that the counts of two looks can be compared. The first bound that was asked for, else the rarest tail that has to be
    /// shown safe, else the first there is; -1 where there is none.
    /// </summary>
    private static (EvidenceComponent Component, int Rate) Shown(HistogramPlan plan)
    {
        var at = Array.FindIndex(plan.Rates, rate => rate.Component is EvidenceComponent.Errors or EvidenceComponent.Bound);
        if (at < 0)
            at = Array.FindLastIndex(plan.Rates, rate => rate is { Component: EvidenceComponent.Tail, ShowSafe: true });
        if (at < 0 && plan.Rates.Length > 0)
            at = 0;
        return at < 0 ? (EvidenceComponent.Body, -1) : (plan.Rates[at].Component, at);
    }
}
