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
        var options = state.Setup.Options;
        var logEvidence = state.LogEvidence;
        var report = new MeasureReport
        {
            Name = options.Name,
            Kind = options.Kind,
            Required = options.EffectiveRequired,
            HasData = look.HasData,
            Absence = look.Absence,
            Component = options.Kind == MeasureKind.ErrorRate ? EvidenceComponent.Errors : EvidenceComponent.Body,
            Canary = SideTotals.None,
            Stable = SideTotals.None,
            LogEvidence = logEvidence,
            Safe = [],
            Dispersion = state.PriorDispersion,
            DispersionMeasured = false,
            HasHistory = state.HasHistoryOfHalves,
        };
        return state.Plan is { } plan ? Known(report, state, plan, MostTelling(state, plan, logEvidence), look) : report;
    }

    private static MeasureReport Known(MeasureReport report, HistogramState state, HistogramPlan plan, (EvidenceComponent Component, int Rate) telling, MeasureLook look)
    {
        var settings = state.Setup.Settings;
        var noise = telling.Component == EvidenceComponent.Body ? state.Body.Noise : state.Rates[telling.Rate].Noise;
        var reach = Reach.Of(state, plan, look);
        long canary = Buckets.Total(state.Canary), stable = Buckets.Total(state.Stable);
        report = report with
        {
            Component = telling.Component,
            Canary = new(canary, 0),
            Stable = new(stable, 0),
            Safe = report.Required ? Safe(state, plan) : [],
            Dispersion = noise.Value(state.PriorDispersion, settings.PriorIntervals),
            DispersionMeasured = noise.Intervals > 0,
            DetectableRatio = reach.Now,
            DetectableByEnd = reach.ByEnd,
            TimeToFindHalfMore = reach.HalfMore,
            TimeToFindDouble = reach.Double,
            Superiority = report.Kind == MeasureKind.Latency ? OrdinalEvidence.Superiority(state.Canary, state.Stable) : null,
        };
        if (telling.Rate < 0)
            return report;

        var rate = plan.Rates[telling.Rate];
        var likelihood = state.Rates[telling.Rate].Likelihood;
        var (ofCanary, ofStable) = (new SideTotals(canary, Buckets.Above(state.Canary, rate.Index)), new SideTotals(stable, Buckets.Above(state.Stable, rate.Index)));
        var interval = RatioInterval.Of(likelihood, settings);
        double? ratio = ofStable.Share > 0 && canary > 0 ? ofCanary.Share / ofStable.Share : null;
        return report with
        {
            Bound = rate.Bound,
            Canary = ofCanary,
            Stable = ofStable,
            Ratio = state.IsStratified ? RatioInterval.Likeliest(likelihood, settings) : ratio,
            Low = interval.Low,
            High = interval.High,
        };
    }

    private static ImmutableArray<SafeEvidence> Safe(HistogramState state, HistogramPlan plan)
    {
        var safe = ImmutableArray.CreateBuilder<SafeEvidence>(plan.Rates.Length);
        for (var i = 0; i < plan.Rates.Length; i++)
        {
            if (plan.Rates[i].ShowSafe)
                safe.Add(new(plan.Rates[i].Component, plan.Rates[i].Bound, state.Rates[i].Safe.LogEvidence));
        }

        return safe.DrainToImmutable();
    }

    /// <summary>What to talk about: with a sign of harm its strongest part, else what is least shown safe; the share's index, or -1 where there is none to show.</summary>
    private static (EvidenceComponent Component, int Rate) MostTelling(HistogramState state, HistogramPlan plan, double logEvidence)
    {
        var (median, worst, least) = (-1, -1, -1);
        var strongest = plan.BodyWeight > 0 ? Math.Log(plan.BodyWeight) + state.Body.Harm.LogEvidence : double.NegativeInfinity;
        for (var i = 0; i < plan.Rates.Length; i++)
        {
            var rate = plan.Rates[i];
            if (rate.Component == EvidenceComponent.Body)
                median = i;
            var log = rate.Weight > 0 ? Math.Log(rate.Weight) + state.Rates[i].Harm.LogEvidence : double.NegativeInfinity;
            if (log > strongest)
                (worst, strongest) = (i, log);
            if (rate.ShowSafe && (least < 0 || state.Rates[i].Safe.LogEvidence < state.Rates[least].Safe.LogEvidence))
                least = i;
        }

        var telling = logEvidence >= Math.Log(2) ? worst : least;
        return telling >= 0 ? (plan.Rates[telling].Component, telling) : (EvidenceComponent.Body, median);
    }
}
