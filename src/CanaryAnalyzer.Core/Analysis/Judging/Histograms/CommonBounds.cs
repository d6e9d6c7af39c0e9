using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>Gives up bounds that a histogram doesn't have any more, as where a new version has other buckets. Which are left is a matter of how the versions are built, not of what is counted.</summary>
internal static class CommonBounds
{
    /// <summary>
    /// The state over those of its bounds that the counts have, too. Where they lack one at which a share is watched, only if nothing speaks for or against the canary
    /// yet: otherwise the state as it is, which can't use such counts.
    /// </summary>
    /// <param name="state">The measure before the look.</param>
    /// <param name="counted">Bounds of the look's counts.</param>
    public static HistogramState Of(HistogramState state, ImmutableArray<double> counted)
    {
        if (counted.AsSpan().SequenceEqual(state.Bounds.AsSpan()))
            return state;
        ImmutableArray<double> common = [.. state.Bounds.Where(bound => counted.Contains(bound))];
        if (common.IsEmpty || common.Length == state.Bounds.Length)
            return state;
        long[] Fold(long[] counts) => counts.Length == 0 ? counts : Buckets.Merge([.. counts], state.Bounds, common)!;
        var folded = state with
        {
            Bounds = common,
            Baseline = Fold(state.Baseline),
            PastStable = Fold(state.PastStable),
            Canary = Fold(state.Canary),
            Stable = Fold(state.Stable),
            Unpaired = Fold(state.Unpaired),
            Pending = [.. state.Pending.Select(pair => new BucketPair(Fold(pair.A), Fold(pair.B)))],
        };
        if (state.Plan is not { } before)
            return folded;
        var plan = HistogramPlan.For(folded)!;
        if (plan.Rates.Select(Watched).SequenceEqual(before.Rates.Select(Watched)))
            return folded with { Plan = plan };
        return IsUntouched(state) ? Anew(folded, state, before) : state;
    }

    /// <summary>The bounds that the judge needs and the counts lack; empty where it can use them.</summary>
    public static ImmutableArray<double> Missing(HistogramState state, ImmutableArray<double> counted) => [.. Of(state, counted).Bounds.Where(bound => !counted.Contains(bound))];

    private static (EvidenceComponent Component, double? Bound, double Weight) Watched(RatePlan rate) => (rate.Component, rate.Bound, rate.Weight);

    private static bool IsUntouched(HistogramState state) =>
        Buckets.Total(state.Canary) == 0 && Buckets.Total(state.Stable) == 0
        && Array.TrueForAll(state.Rates, rate => IsNothing(rate.Harm)) && IsNothing(state.Body.Harm) && IsNothing(state.Shape.Harm);

    private static bool IsNothing(EvidenceMixture evidence) => Math.Abs(evidence.LogEvidence) < 1e-9;

    // The history that showed the noise is gone: a share at another bound is taken to be as noisy as the noisiest.
    private static HistogramState Anew(HistogramState folded, HistogramState state, HistogramPlan before)
    {
        var begun = HistogramStart.WithBaseline(folded, folded.Baseline, []);
        var noisiest = state.Rates.Select(rate => rate.Noise).MaxBy(state.Dispersion) ?? Dispersion.None;
        var rates = begun.Plan!.Rates.Select((rate, i) =>
        {
            var same = Array.FindIndex(before.Rates, old => old.Bound.Equals(rate.Bound));
            return begun.Rates[i] with { Noise = same < 0 ? noisiest : state.Rates[same].Noise };
        });
        return begun with { Rates = [.. rates], Body = begun.Body with { Noise = state.Body.Noise }, Shape = begun.Shape with { Noise = state.Shape.Noise } };
    }
}
