using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// What is watched about one measure. It follows from the options and the baseline (what the stable version did before the first interval
/// that counts), never from what is being judged. Errors are a histogram of two buckets, answered and failed.
/// </summary>
internal sealed record MeasurePlan
{
    /// <summary>The shares that are watched.</summary>
    public required ImmutableArray<RatePlan> Rates { get; init; }

    /// <summary>The body's share of the whole evidence of harm; 0 for errors.</summary>
    public required double BodyWeight { get; init; }

    /// <summary>The measure's share of the whole evidence of harm.</summary>
    public required double Weight { get; init; }

    /// <summary>The plan; null while the baseline of a latency measure is unknown.</summary>
    /// <param name="options">The measure's options.</param>
    /// <param name="weight">Its share of the whole evidence, in (0, 1].</param>
    /// <param name="state">Its state.</param>
    public static MeasurePlan? For(MeasureOptions options, double weight, MeasureState state)
    {
        if (options.Kind == MeasureKind.ErrorRate)
        {
            return new()
            {
                Rates = [new(EvidenceComponent.Errors, 0, null, weight, true, options.MarginRatio)],
                BodyWeight = 0,
                Weight = weight,
            };
        }

        return state.Baseline.IsEmpty ? null : ForLatency(options, weight, state);
    }

    private static MeasurePlan ForLatency(MeasureOptions options, double weight, MeasureState state)
    {
        var above = SharesAbove(state.Baseline);
        var tails = ChooseTails(options.Tails, above);
        var sum = SeqSettings.BodyWeight + tails.Sum(t => SeqSettings.TailWeight(t.Fraction));
        var rates = tails.Select(t => new RatePlan(
            EvidenceComponent.Tail,
            t.Index,
            state.Bounds[t.Index],
            weight * SeqSettings.TailWeight(t.Fraction) / sum,
            t.Fraction >= SeqSettings.SafeTailFrom,
            options.MarginRatio)).ToList();

        var median = Enumerable.Range(0, above.Length).MinBy(j => Math.Abs(above[j] - 0.5));
        if (above.Length > 0 && above[median] is >= 0.05 and <= 0.8)
        {
            // The margin is an odds ratio here: 1.5 times as many slow requests is impossible where half of them are slow.
            var ratio = options.MarginRatio / (1 - above[median] + (above[median] * options.MarginRatio));
            rates.Add(new(EvidenceComponent.Body, median, state.Bounds[median], 0, true, ratio));
        }

        return new() { Rates = [.. rates], BodyWeight = weight * SeqSettings.BodyWeight / sum, Weight = weight };
    }

    private static double[] SharesAbove(ImmutableArray<long> counts)
    {
        var total = Math.Max(counts.Sum(), 1e-9);
        var above = new double[counts.Length - 1];
        var below = 0L;
        for (var j = 0; j < above.Length; j++)
        {
            below += counts[j];
            above[j] = 1 - (below / total);
        }

        return above;
    }

    private static List<(double Fraction, int Index)> ChooseTails(ImmutableArray<double> fractions, double[] above)
    {
        var chosen = new List<(double Fraction, int Index)>();
        foreach (var fraction in fractions)
        {
            var index = Array.FindIndex(above, share => share <= 1.5 * fraction);
            if (index >= 0 && !chosen.Exists(c => c.Index == index))
                chosen.Add((fraction, index));
        }

        return chosen;
    }
}
