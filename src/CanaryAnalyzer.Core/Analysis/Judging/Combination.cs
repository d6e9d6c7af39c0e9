using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>All evidence of a state, brought together.</summary>
internal sealed record Combination
{
    /// <summary>Logarithm of the combined evidence of harm: the weighted mean over all components, valid under any dependence between them.</summary>
    public required double LogHarm { get; init; }

    /// <summary>The weakest required evidence of safety, as a logarithm; negative infinity where a required measure can't show any yet.</summary>
    public required double WeakestSafe { get; init; }

    /// <summary>Each component's part in the evidence of harm, the largest first.</summary>
    public required ImmutableArray<HarmPart> Parts { get; init; }

    /// <summary>The plans of the measures; null where one is not known yet.</summary>
    public required ImmutableArray<MeasurePlan?> Plans { get; init; }

    /// <summary>Whether a required measure's buckets can never show it safe.</summary>
    public required bool TooCoarse { get; init; }

    /// <summary>Whether a required measure waits for its warm-up or its first data.</summary>
    public required bool Unknown { get; init; }

    /// <summary>Brings a state's evidence together.</summary>
    public static Combination Of(JudgeState state, JudgeOptions options)
    {
        var plans = options.Measures.Select((m, i) => MeasurePlan.For(m, options.WeightOf(m), state.Measures[i])).ToImmutableArray();
        var parts = new List<HarmPart>();
        var required = new List<double>();
        for (var i = 0; i < plans.Length; i++)
        {
            parts.AddRange(PartsOf(i, plans[i], options.WeightOf(options.Measures[i]), state.Measures[i]));
            if (options.Measures[i].Required)
                required.Add(WeakestOf(plans[i], state.Measures[i]));
        }

        return new()
        {
            LogHarm = Logarithms.Sum(parts.Select(p => p.Log).ToArray()),
            WeakestSafe = required.Count == 0 ? double.NegativeInfinity : required.Min(),
            Parts = [.. parts.OrderByDescending(p => p.Log)],
            Plans = plans,
            TooCoarse = options.Measures.Where((m, i) => m.Required && plans[i] is { } plan && !plan.Rates.Any(r => r.ShowSafe)).Any(),
            Unknown = options.Measures.Where((m, i) => m.Required && plans[i] is null).Any(),
        };
    }

    private static IEnumerable<HarmPart> PartsOf(int measure, MeasurePlan? plan, double weight, MeasureState state)
    {
        if (plan is null)
        {
            yield return new(measure, null, Math.Log(weight));
            yield break;
        }

        for (var i = 0; i < plan.Rates.Length; i++)
        {
            if (plan.Rates[i].Weight > 0)
                yield return new(measure, i, Math.Log(plan.Rates[i].Weight) + state.Rates[i].Harm.LogEvidence);
        }

        if (plan.BodyWeight > 0)
            yield return new(measure, null, Math.Log(plan.BodyWeight) + state.Body.Harm.LogEvidence);
    }

    private static double WeakestOf(MeasurePlan? plan, MeasureState state)
    {
        var weakest = double.PositiveInfinity;
        for (var i = 0; i < (plan?.Rates.Length ?? 0); i++)
        {
            if (plan!.Rates[i].ShowSafe)
                weakest = Math.Min(weakest, state.Rates[i].Safe.LogEvidence);
        }

        return double.IsPositiveInfinity(weakest) ? double.NegativeInfinity : weakest;
    }
}
