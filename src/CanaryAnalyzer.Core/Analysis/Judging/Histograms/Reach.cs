using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>What harm the traffic can show, if it goes on as so far.</summary>
/// <param name="Now">The smallest ratio that the traffic so far would have found; null where there is none.</param>
/// <param name="ByEnd">The smallest that will have been found by the end of the longest duration; null where there is none, or no end.</param>
/// <param name="HalfMore">How long 1.5 times as many take to be found; null: for ever.</param>
/// <param name="Double">How long twice as many take.</param>
internal readonly record struct Reach(double? Now, double? ByEnd, TimeSpan? HalfMore, TimeSpan? Double)
{
    // The reference's simulations don't bear out smaller ones.
    private const double NeverBelow = 1.4;
    private const double GridWeight = 0.25;

    // What can be found within the pause shares the stakes evenly; the neighbours of an alternative leave it a sixth or more.
    private const double AdaptedWeight = 0.15;
    private const double MostDays = 3650;

    /// <summary>The reach of a measure's shares together: the best of them.</summary>
    public static Reach Of(HistogramState state, HistogramPlan plan, MeasureLook look)
    {
        var counted = look.Elapsed - state.Setup.Options.EffectiveWarmup;
        double canary = Buckets.Total(state.Canary), stable = Buckets.Total(state.Stable);
        if (canary <= 0 || stable <= 0 || counted <= TimeSpan.Zero)
            return new(null, null, null, null);
        var growth = look.Options.MaxDuration is { } end && end > look.Elapsed ? (end - state.Setup.Options.EffectiveWarmup) / counted : 1;
        double now = double.PositiveInfinity, byEnd = now, halfMore = now, twice = now;
        for (var i = 0; i < plan.Rates.Length; i++)
        {
            if (plan.Rates[i].Weight <= 0)
                continue;
            var one = new Share(state, plan.Rates[i], state.Rates[i], look.Options.Power, canary, stable);
            now = Math.Min(now, one.Smallest(1));
            byEnd = Math.Min(byEnd, growth > 1 ? one.Smallest(growth) : one.Smallest(1));
            halfMore = Math.Min(halfMore, one.Effort(1.5));
            twice = Math.Min(twice, one.Effort(2));
        }

        return new(Floored(now), look.Options.MaxDuration is null ? null : Floored(byEnd), Time(halfMore, state, counted), Time(twice, state, counted));
    }

    private static double? Floored(double ratio) => double.IsFinite(ratio) ? Math.Max(ratio, NeverBelow) : null;

    private static TimeSpan? Time(double effort, HistogramState state, TimeSpan counted) =>
        effort * counted.TotalDays < MostDays ? state.Setup.Options.EffectiveWarmup + (effort * counted) : null;

    private readonly record struct Share(HistogramState State, RatePlan Plan, RateState Rate, double Power, double Canary, double Stable)
    {
        private double Needed => Math.Log(1 / State.Setup.FalseRollback) - Math.Log(Plan.Weight) - Math.Log(State.Setup.Settings.StartNow) - Math.Log(State.Setup.Settings.AdaptsStakes ? AdaptedWeight : GridWeight);

        private double Probability => Math.Max(Buckets.Above(State.Stable, Plan.Index), 0.5) / Math.Max(Stable, 1);

        private double Dispersion => State.Dispersion(Rate.Noise);

        public double Smallest(double growth)
        {
            var smallest = DetectableRatio.Smallest(
                Probability, growth * Canary, growth * Stable, Needed, Power, State.Setup.Options.ToleranceRatio, State.Setup.Options.EffectiveToleranceAbsolute, Dispersion);
            return CanBe(smallest) ? smallest : double.PositiveInfinity;
        }

        public double Effort(double ratio) => !CanBe(ratio) ? double.PositiveInfinity : DetectableRatio.Effort(
            ratio / State.Setup.Options.ToleranceRatio, Probability, Canary, Stable, Needed, Power, State.Setup.Options.ToleranceRatio, State.Setup.Options.EffectiveToleranceAbsolute, Dispersion);

        // A bound that most requests exceed can't be exceeded by many times as many: what is never there isn't found.
        private bool CanBe(double ratio) => Plan.Component != EvidenceComponent.Bound || ratio * Probability <= 1;
    }
}
