using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>Puts a look into numbers.</summary>
internal static class Reporting
{
    private const double NeverBelow = 1.4;

    /// <summary>The report of a look.</summary>
    public static LookReport Report(
        JudgeState state, Combination evidence, LookInput input, ImmutableArray<bool> hasData, JudgeOptions options, JudgeVerdict verdict, VerdictReason reason)
    {
        var measures = options.Measures.Select((m, i) => Measure(m, i, state.Measures[i], evidence, hasData[i], options)).ToImmutableArray();
        var needed = measures.Where(m => m.Required).ToList();
        return new()
        {
            Look = input.Number,
            Elapsed = input.Elapsed,
            Verdict = verdict,
            Reason = reason,
            LogEvidence = evidence.LogHarm,
            LogThreshold = Math.Log(1 / options.FalseRollback),
            LogSafeThreshold = Math.Log(1 / options.FalsePromotion),
            Culprits = verdict == JudgeVerdict.Rollback ? Culprits(evidence, options) : [],
            Measures = measures,
            DetectableRatio = needed.Count > 0 && needed.TrueForAll(m => m.DetectableRatio is not null) ? needed.Max(m => m.DetectableRatio) : null,
            HasMinRequests = needed.Count > 0 && needed.TrueForAll(m => m.Canary.Requests >= options.MinRequests && m.Stable.Requests >= options.MinRequests),
            MinRequests = options.MinRequests,
            MinDuration = options.MinDuration,
            MaxDuration = options.MaxDuration,
        };
    }

    // The e-value analogue of Benjamini and Hochberg's procedure, at the level of a false rollback; the worst part at least.
    private static ImmutableArray<string> Culprits(Combination evidence, JudgeOptions options)
    {
        var count = 1;
        for (var k = 1; k <= evidence.Parts.Length; k++)
        {
            if (evidence.Parts[k - 1].Log >= Math.Log(1 / (options.FalseRollback * k)))
                count = k;
        }

        return [.. evidence.Parts.Take(count).Select(p => options.Measures[p.Measure].Name).Distinct(StringComparer.Ordinal)];
    }

    private static MeasureReport Measure(
        MeasureOptions measure, int index, MeasureState state, Combination evidence, bool hasData, JudgeOptions options)
    {
        var plan = evidence.Plans[index];
        var weight = options.WeightOf(measure);
        var parts = evidence.Parts.Where(p => p.Measure == index).ToList();
        var logEvidence = Logarithms.Sum(parts.Select(p => p.Log).ToArray()) - Math.Log(weight);
        var report = new MeasureReport
        {
            Name = measure.Name,
            Kind = measure.Kind,
            Required = measure.Required,
            HasData = hasData,
            Component = measure.Kind == MeasureKind.ErrorRate ? EvidenceComponent.Errors : EvidenceComponent.Body,
            Canary = new(0, 0),
            Stable = new(0, 0),
            LogEvidence = logEvidence,
            Safe = [],
            Dispersion = state.PriorDispersion,
            DispersionMeasured = false,
        };
        return plan is null ? report : Known(report, plan, state, MostTelling(plan, state, parts, logEvidence), measure, options);
    }

    private static MeasureReport Known(MeasureReport report, MeasurePlan plan, MeasureState state, (EvidenceComponent Component, int? Rate) telling, MeasureOptions measure, JudgeOptions options)
    {
        var safe = plan.Rates.Zip(state.Rates)
            .Where(p => p.First.ShowSafe && measure.Required)
            .Select(p => new SafeEvidence(p.First.Component, p.First.Bound, p.Second.Safe.LogEvidence));
        var noise = telling.Component == EvidenceComponent.Body ? state.Body.Noise : state.Rates[telling.Rate!.Value].Noise;
        report = report with
        {
            Component = telling.Component,
            Canary = new(Buckets.Total(state.Canary), 0),
            Stable = new(Buckets.Total(state.Stable), 0),
            Safe = [.. safe],
            Dispersion = noise.Value(state.PriorDispersion, SeqSettings.PriorIntervals),
            DispersionMeasured = noise.Intervals > 0,
            DetectableRatio = Detectable(plan, state, measure, options),
            Superiority = measure.Kind == MeasureKind.Latency ? OrdinalEvidence.Superiority(state.Canary.AsSpan(), state.Stable.AsSpan()) : null,
        };
        if (telling.Rate is not { } at)
            return report;

        var rate = plan.Rates[at];
        var canary = report.Canary with { Errors = Buckets.Above(state.Canary, rate.Index) };
        var stable = report.Stable with { Errors = Buckets.Above(state.Stable, rate.Index) };
        var interval = RatioInterval.Of(state.Rates[at].Likelihood);
        return report with
        {
            Bound = rate.Bound,
            Canary = canary,
            Stable = stable,
            Ratio = stable.Share > 0 && canary.Requests > 0 ? canary.Share / stable.Share : null,
            Low = interval.Low,
            High = interval.High,
        };
    }

    /// <summary>What to talk about: with a sign of harm its strongest part, else what is least shown safe.</summary>
    private static (EvidenceComponent Component, int? Rate) MostTelling(MeasurePlan plan, MeasureState state, List<HarmPart> parts, double logEvidence)
    {
        var median = plan.Rates.IndexOf(plan.Rates.FirstOrDefault(r => r.Component == EvidenceComponent.Body)!);
        int? body = median >= 0 ? median : null;
        if (logEvidence >= Math.Log(2))
            return parts[0].Rate is { } worst ? (plan.Rates[worst].Component, worst) : (EvidenceComponent.Body, body);

        var open = Enumerable.Range(0, plan.Rates.Length).Where(r => plan.Rates[r].ShowSafe).ToList();
        if (open.Count == 0)
            return (EvidenceComponent.Body, body);
        var least = open.MinBy(r => state.Rates[r].Safe.LogEvidence);
        return (plan.Rates[least].Component, least);
    }

    private static double? Detectable(MeasurePlan plan, MeasureState state, MeasureOptions measure, JudgeOptions options)
    {
        double? smallest = null;
        for (var i = 0; i < plan.Rates.Length; i++)
        {
            var rate = plan.Rates[i];
            if (rate.Weight <= 0)
                continue;
            double canary = Buckets.Total(state.Canary), stable = Buckets.Total(state.Stable);
            var share = Math.Max(Buckets.Above(state.Stable, rate.Index), 0.5) / Math.Max(stable, 1);
            var needed = Math.Log(1 / options.FalseRollback) - Math.Log(rate.Weight) - Math.Log(SeqSettings.StartNow) - Math.Log(0.25);
            var ratio = DetectableRatio.Smallest(
                share,
                canary,
                stable,
                needed,
                options.Power,
                measure.ToleranceRatio,
                measure.EffectiveToleranceAbsolute,
                state.Rates[i].Noise.Value(state.PriorDispersion, SeqSettings.PriorIntervals));
            if (double.IsFinite(ratio))
                smallest = Math.Min(smallest ?? double.MaxValue, Math.Max(ratio, NeverBelow));
        }

        return smallest;
    }
}
