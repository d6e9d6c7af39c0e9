using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>
/// What is watched about one measure. It follows from the setup and the baseline (what the stable version did before the first interval
/// that counts), never from what is being judged. Errors are a histogram of two buckets, answered and failed.
/// </summary>
internal sealed class HistogramPlan
{
    private HistogramPlan(RatePlan[] rates, double bodyWeight, double shapeWeight, MeasureSetup setup, long[] baseline)
    {
        Rates = rates;
        BodyWeight = bodyWeight;
        ShapeWeight = shapeWeight;
        Nothing = BucketInterval.Empty(baseline.Length);
        MissesBounds = !setup.Options.Bounds.IsEmpty && setup.Options.Tails.IsEmpty && !Array.Exists(rates, rate => rate.Component == EvidenceComponent.Bound);
        if (bodyWeight <= 0)
            return;
        BodyRule = setup.Settings.BodyRule(setup.FalseRollback, bodyWeight);
        Scores = ScoresOf(baseline);
        Tilts = [.. setup.Settings.SuperioritySteps.Select(step => OrdinalEvidence.TiltForSuperiority(Math.Min(0.5 + (step * (setup.Options.MinEffect - 0.5)), 0.98)))];
        if (shapeWeight <= 0)
            return;
        ShapeRule = setup.Settings.ShapeRule(setup.FalseRollback, shapeWeight);
        ShapeScores = new double[Scores.Length];
        OrdinalEvidence.TailScores(setup.Settings.ShapeTail, setup.Settings.ShapePower, Scores, ShapeScores);
        for (var b = 0; b < ShapeScores.Length; b++)
            ShapeScores[b] = Math.Min(ShapeScores[b], setup.Settings.LargestShapeScore);
    }

    /// <summary>The shares that are watched.</summary>
    public RatePlan[] Rates { get; }

    /// <summary>The body's share of the whole evidence of harm; 0 for errors.</summary>
    public double BodyWeight { get; }

    /// <summary>The share of the whole evidence of harm that the shape of the tail has; 0 for errors, and where it isn't looked for.</summary>
    public double ShapeWeight { get; }

    /// <summary>How evidence of a heavier tail is spread; null where it isn't looked for.</summary>
    public MixtureRule? ShapeRule { get; }

    /// <summary>The score a bucket by which the tails of the halves are compared.</summary>
    public double[] ShapeScores { get; } = [];

    /// <summary>How evidence of a slower body is spread; null for errors.</summary>
    public MixtureRule? BodyRule { get; }

    /// <summary>The score a bucket by which the halves are compared: the share of the baseline below it, plus half its own.</summary>
    public double[] Scores { get; } = [];

    /// <summary>The alternatives for the body.</summary>
    public double[] Tilts { get; } = [];

    /// <summary>Whether shares above bounds are all that was asked for, and all of them lie above the buckets' bounds.</summary>
    public bool MissesBounds { get; }

    /// <summary>An interval in which nothing happened.</summary>
    public BucketInterval Nothing { get; }

    /// <summary>The plan; null while the baseline of a latency measure is unknown.</summary>
    /// <param name="state">The measure's state.</param>
    public static HistogramPlan? For(HistogramState state)
    {
        var setup = state.Setup;
        if (setup.Options.Kind == MeasureKind.Latency)
            return state.Baseline.Length == 0 ? null : ForLatency(state);
        var rule = setup.Settings.HarmRule(setup.FalseRollback, setup.Weight);
        return new([new(EvidenceComponent.Errors, 0, null, setup.Weight, true, setup.Options.MarginRatio, rule)], 0, 0, setup, [0, 0]);
    }

    private static HistogramPlan ForLatency(HistogramState state)
    {
        var (setup, settings, options) = (state.Setup, state.Setup.Settings, state.Setup.Options);
        var above = SharesAbove(state.Baseline);
        var shares = WatchedShare.Choose(options, settings, state.Bounds, above);
        var sum = settings.BodyWeight + settings.ShapeWeight + shares.Sum(share => share.Weight);
        var rates = new List<RatePlan>();
        foreach (var share in shares)
        {
            var weight = setup.Weight * share.Weight / sum;
            var rule = settings.HarmRule(setup.FalseRollback, weight);
            rates.Add(new(share.Component, share.Index, state.Bounds[share.Index], weight, share.ShowSafe, share.Component == EvidenceComponent.Bound ? Possible(options, above[share.Index]) : options.MarginRatio, rule));
        }

        var median = Enumerable.Range(0, above.Length).MinBy(j => Math.Abs(above[j] - 0.5));
        if (above.Length > 0 && above[median] is >= 0.05 and <= 0.8)
        {
            // The margin is an odds ratio here: 1.5 times as many slow requests is impossible where half of them are slow.
            var ratio = options.MarginRatio / (1 - above[median] + (above[median] * options.MarginRatio));
            rates.Add(new(EvidenceComponent.Body, median, state.Bounds[median], 0, true, ratio, settings.SafeRule));
        }

        // What was asked for can be shown safe, if need be by itself: however rare, it takes no more requests than errors as rare do.
        if (!rates.Exists(rate => rate.ShowSafe) && rates.FindIndex(rate => rate.Component == EvidenceComponent.Bound) is >= 0 and var only)
            rates[only] = rates[only] with { ShowSafe = true };
        return new([.. rates], setup.Weight * settings.BodyWeight / sum, setup.Weight * settings.ShapeWeight / sum, setup, state.Baseline);
    }

    // Where most requests exceed a bound that was asked for, 1.5 times as many may be more than all: the line lies at most half way to all.
    private static double Possible(MeasureOptions options, double share) =>
        share > 0 ? Math.Max(Math.Min(options.MarginRatio, (1 + share) / (2 * share)), options.ToleranceRatio) : options.MarginRatio;

    private static double[] SharesAbove(long[] counts)
    {
        var total = Math.Max(Buckets.Total(counts), 1e-9);
        var above = new double[counts.Length - 1];
        var below = 0L;
        for (var j = 0; j < above.Length; j++)
        {
            below += counts[j];
            above[j] = 1 - (below / total);
        }

        return above;
    }

    private static double[] ScoresOf(long[] baseline)
    {
        var total = Math.Max(Buckets.Total(baseline), 1e-9);
        var scores = new double[baseline.Length];
        var below = 0L;
        for (var b = 0; b < scores.Length; b++)
        {
            below += baseline[b];
            scores[b] = (below / total) - (baseline[b] / total / 2);
        }

        return scores;
    }
}
