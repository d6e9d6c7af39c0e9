using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>
/// How one look changes a measure. Everything that an interval is judged with (bounds, scores, dispersion, alternatives) was known before
/// it: that is what makes the evidence valid at any number of looks.
/// </summary>
internal static class HistogramStep
{
    // How fewer requests fall into halves is chance, and says nothing about the pods.
    private const long EnoughToTell = 50;

    /// <summary>The state after a look, and whether the look had data for this measure.</summary>
    public static (HistogramState State, bool HasData) Take(HistogramState state, MeasureCounts? counts, TimeSpan elapsed)
    {
        var kind = state.Setup.Options.Kind;
        if (kind == MeasureKind.Latency && counts is { BucketBounds.IsDefaultOrEmpty: false })
        {
            state = state.Bounds.IsEmpty
                ? state with { Bounds = Buckets.Keep(counts.BucketBounds, state.Setup.Options.Bounds) }
                : CommonBounds.Of(state, counts.BucketBounds);
        }

        var interval = BucketInterval.Of(counts, kind, state.Bounds);
        var isCounted = state.Setup.IsCounted(elapsed, counts?.Span);
        if (state.Baseline.Length == 0 && isCounted && interval is not null && Buckets.Total(state.PastStable) > 0)
            state = HistogramStart.WithBaseline(state, state.PastStable, state.Pending);
        var next = state.Plan is { } plan ? Watch(state, plan, interval, isCounted, LookTime.Of(elapsed, counts?.Span, state.Setup)) : Learn(state, interval);
        return (next with { Looks = state.Looks + 1, CanaryRequests = state.CanaryRequests + (interval?.CanaryTotal ?? 0) }, interval is not null);
    }

    /// <summary>Adds what differs between the halves in the share above a bound.</summary>
    public static Dispersion Compare(Dispersion noise, BucketPair pair, int index) =>
        noise.WithCounts(Buckets.Total(pair.A), Buckets.Above(pair.A, index), Buckets.Total(pair.B), Buckets.Above(pair.B, index));

    private static HistogramState Learn(HistogramState state, BucketInterval? interval)
    {
        if (interval is null)
            return state;
        var kept = state.Pending.Length < SeqSettings.MaxPending ? state.Pending : state.Pending[1..];
        return state with { PastStable = Buckets.Add(state.PastStable, interval.Stable), Pending = [.. kept, interval.Halves] };
    }

    private static HistogramState Watch(HistogramState state, HistogramPlan plan, BucketInterval? interval, bool isCounted, LookTime time)
    {
        var seen = interval ?? plan.Nothing;
        var judged = isCounted ? seen : plan.Nothing;
        var pair = NoisePair.Of(state.Unpaired, interval, state.Setup.Settings.ReadsTime);
        state = state with { Unpaired = pair.Unpaired, LacksHalves = interval?.StableTotal >= EnoughToTell ? !pair.IsOfOne : state.LacksHalves };
        var rates = new RateState[plan.Rates.Length];
        for (var i = 0; i < rates.Length; i++)
        {
            var noise = Noise(state.Rates[i].Noise, pair, plan.Rates[i].Index);
            var known = state.Setup.Settings.AdaptsStakes && pair.IsOfOne ? noise : state.Rates[i].Noise;
            rates[i] = RateStep.Take(state, plan.Rates[i], state.Rates[i], judged, state.Dispersion(known)) with
            {
                Noise = noise,
                Window = plan.Rates[i].Weight > 0 ? HistogramWindows.OfRate(state, plan.Rates[i], state.Rates[i].Window, judged, time) : HarmWindow.None,
            };
        }

        return state with
        {
            Rates = rates,
            Body = plan.BodyRule is { } rule
                ? WatchBody(state, plan, rule, judged, seen, pair) with { Window = HistogramWindows.OfBody(state, state.Body.Window, judged, time) }
                : state.Body,
            Shape = plan.ShapeRule is null ? state.Shape : StakedScores.Shape(state, plan, judged, pair),
            PastStable = interval is null ? state.PastStable : Buckets.Add(state.PastStable, seen.Stable),
            Canary = isCounted && interval is not null ? Buckets.Add(state.Canary, judged.Canary) : state.Canary,
            Stable = isCounted && interval is not null ? Buckets.Add(state.Stable, judged.Stable) : state.Stable,
            IsStratified = state.IsStratified || seen.IsStratified,
        };
    }

    // However many strata an interval has, it is one interval of noise.
    private static Dispersion Noise(Dispersion before, NoisePair pair, int index)
    {
        var after = before;
        foreach (var one in pair.Compared)
            after = Compare(after, one, index);
        return after.Intervals > before.Intervals + 1 ? after with { Intervals = before.Intervals + 1 } : after;
    }

    private static BodyState WatchBody(HistogramState state, HistogramPlan plan, MixtureRule rule, BucketInterval judged, BucketInterval seen, NoisePair pair)
    {
        if (state.Setup.Settings.AdaptsStakes)
            return StakedScores.Body(state, plan, judged, pair);
        var buckets = state.PastStable.Length;
        Span<double> shares = stackalloc double[buckets];
        Span<double> ridits = stackalloc double[buckets];
        Span<double> ratios = stackalloc double[buckets];
        OrdinalEvidence.Ridits(state.PastStable, shares, ridits);
        Span<double> logE = stackalloc double[plan.Tilts.Length];
        for (var i = 0; i < logE.Length; i++)
        {
            OrdinalEvidence.LogRatios(plan.Tilts[i], shares, ridits, ratios);
            foreach (var one in judged.Compared)
                logE[i] += OrdinalEvidence.LogE(ratios, one.Canary, one.Stable);
        }

        return new(state.Body.Harm.With(logE, state.Dispersion(state.Body.Noise), rule), state.Body.Noise.WithScores(plan.Scores, seen.Halves.A, seen.Halves.B));
    }
}
