using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// How one look changes a measure. Everything that an interval is judged with (bounds, scores, dispersion, alternatives) was known before
/// it: that is what makes the evidence valid at any number of looks.
/// </summary>
internal static class MeasureStep
{
    /// <summary>The state after a look, and whether the look had data for this measure.</summary>
    public static (MeasureState State, bool HasData) Take(
        MeasureOptions options, double weight, JudgeOptions judge, MeasureState state, MeasureCounts? counts, TimeSpan elapsed)
    {
        if (options.Kind == MeasureKind.Latency && state.Bounds.IsEmpty && counts is { BucketBounds.IsDefaultOrEmpty: false })
            state = state with { Bounds = Buckets.Keep(counts.BucketBounds) };
        var interval = BucketInterval.Of(counts, options.Kind, state.Bounds);
        var counting = elapsed - (counts?.Span ?? judge.Interval) >= options.EffectiveWarmup;

        if (state.Baseline.IsEmpty && counting && interval is not null && Buckets.Total(state.PastStable) > 0)
            state = MeasureStart.WithBaseline(options, weight, judge, state with { Baseline = state.PastStable }, state.Pending);
        var plan = MeasurePlan.For(options, weight, state);
        var next = plan is null ? Learn(state, interval) : Watch(options, judge, state, plan, interval, counting);
        return (next with { Looks = state.Looks + 1, CanaryRequests = state.CanaryRequests + (interval is null ? 0 : Buckets.Total(interval.Canary)) }, interval is not null);
    }

    /// <summary>Adds what differs between the halves in the share above a bound.</summary>
    public static Dispersion Compare(Dispersion noise, BucketPair pair, int index) => noise.WithCounts(
        Buckets.Total(pair.A), Buckets.Above(pair.A, index), Buckets.Total(pair.B), Buckets.Above(pair.B, index));

    /// <summary>The score a bucket by which the halves are compared: the share of the baseline below it, plus half its own.</summary>
    public static double[] Scores(ImmutableArray<long> baseline)
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

    private static MeasureState Learn(MeasureState state, BucketInterval? interval)
    {
        if (interval is null)
            return state;
        var pending = state.Pending.Add(interval.Halves);
        return state with
        {
            PastStable = Buckets.Add(state.PastStable, interval.Stable),
            Pending = pending.Length > SeqSettings.MaxPending ? pending.RemoveAt(0) : pending,
        };
    }

    private static MeasureState Watch(
        MeasureOptions options, JudgeOptions judge, MeasureState state, MeasurePlan plan, BucketInterval? interval, bool counting)
    {
        var nothing = ImmutableArray.Create(new long[state.Baseline.Length]);
        var seen = interval ?? new BucketInterval(nothing, new(nothing, nothing));
        var judged = counting ? seen : new BucketInterval(nothing, new(nothing, nothing));
        var rates = plan.Rates.Select((rate, i) => RateStep.Take(options, judge, state, rate, state.Rates[i], judged));
        return state with
        {
            Rates = [.. rates.Select((r, i) => r with { Noise = Compare(r.Noise, seen.Halves, plan.Rates[i].Index) })],
            Body = plan.BodyWeight > 0 ? WatchBody(options, judge, state, plan.BodyWeight, judged, seen) : state.Body,
            PastStable = Buckets.Add(state.PastStable, seen.Stable),
            Canary = Buckets.Add(state.Canary, judged.Canary),
            Stable = Buckets.Add(state.Stable, judged.Stable),
        };
    }

    private static BodyState WatchBody(
        MeasureOptions options, JudgeOptions judge, MeasureState state, double weight, BucketInterval judged, BucketInterval seen)
    {
        var shares = new double[state.PastStable.Length];
        var ridits = new double[shares.Length];
        OrdinalEvidence.Ridits(state.PastStable.AsSpan(), shares, ridits);
        var steps = SeqSettings.SuperioritySteps;
        var logE = new double[steps.Length];
        for (var i = 0; i < logE.Length; i++)
        {
            var tilt = OrdinalEvidence.TiltForSuperiority(Math.Min(0.5 + (steps[i] * (options.MinEffect - 0.5)), 0.98));
            logE[i] = OrdinalEvidence.LogE(OrdinalEvidence.LogRatios(tilt, shares, ridits), judged.Canary.AsSpan(), judged.Stable.AsSpan());
        }

        var dispersion = state.Body.Noise.Value(state.PriorDispersion, SeqSettings.PriorIntervals);
        return new(
            state.Body.Harm.With(logE, dispersion, SeqSettings.BodyRule(judge.FalseRollback, weight)),
            state.Body.Noise.WithScores(Scores(state.Baseline), seen.Halves.A.AsSpan(), seen.Halves.B.AsSpan()));
    }
}
