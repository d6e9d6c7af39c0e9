using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Gauges;

/// <summary>
/// The values of a series on both sides. With a history of several stable pods each interval's excess over the margin is measured by the noise that they show among
/// themselves, persistent differences between pods included; without one, by its own size so far, which assumes only that it is symmetric where nothing is wrong.
/// </summary>
/// <param name="Setup">Under what it is judged.</param>
/// <param name="Noise">How the stable pods scattered; null where no history shows it.</param>
internal sealed record SeriesState(MeasureSetup Setup, SeriesNoise? Noise) : MeasureState(Setup)
{
    /// <summary>Whether differences are looked at instead of ratios, as a value can be 0 or below.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The excess over the margin, each interval's in units of the noise.</summary>
    public double Sum { get; init; }

    /// <summary>The variance that <see cref="Sum"/> has where nothing is wrong.</summary>
    public double Variance { get; init; }

    /// <summary>Natural logarithm of what evidence was lost when the series had to be looked at in another way; at most 0.</summary>
    public double Lost { get; init; }

    /// <summary>The sum of squares of the excess, by which later ones are measured where the noise is unknown.</summary>
    public double Squares { get; init; }

    /// <summary>The number of excesses in <see cref="Squares"/>.</summary>
    public long Seen { get; init; }

    /// <summary>The time from which harm is reported: sums of both sides' values, or of their logarithms where ratios are looked at.</summary>
    public HarmWindow Window { get; init; } = HarmWindow.None;

    /// <summary>The canary's values of this run, and their number.</summary>
    public SeriesSums Sums { get; init; }

    /// <inheritdoc/>
    public override double LogSafe => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double LogEvidence => Lost + (Variance > 0 ? DriftEvidence.LogE(Sum, Variance, Rho) : 0);

    private double Rho => Noise?.Correlation ?? Setup.Settings.SeriesRho;

    /// <summary>The state before the first look.</summary>
    public static SeriesState Start(MeasureSetup setup, MeasureHistory history)
    {
        var noise = SeriesNoise.Of(history.Pods, setup.Settings.SeriesHistory);
        return new(setup, noise) { IsPlain = noise?.IsPlain ?? false };
    }

    /// <inheritdoc/>
    public override (MeasureState State, bool HasData) Take(MeasureCounts? counts, TimeSpan elapsed, double? spendable)
    {
        var next = this with { Looks = Looks + 1 };
        if (counts?.Values is not { } values || Mean(values.Canary) is not { } canary || Mean(values.Stable) is not { } stable)
            return (next, false);
        if (!Setup.IsCounted(elapsed, counts.Span))
            return (next, true);
        next = next with { Sums = Sums.Plus(canary, stable) };
        if (!IsPlain && (canary <= 0 || stable <= 0))
            return (next.InPlain(), true);
        var excess = Excess(canary, stable);
        return (next.Bet(excess) with { Window = After(excess, canary, stable, LookTime.Of(elapsed, counts.Span, Setup)) }, true);
    }

    /// <inheritdoc/>
    public override MeasureState ForNextRun() => this with { Sums = default, Window = Window.ForNextRun() };

    /// <inheritdoc/>
    public override MeasureReport Report(MeasureLook look)
    {
        var (low, high) = Interval();
        return new()
        {
            Name = Setup.Options.Name,
            Kind = MeasureKind.Series,
            Required = false,
            HasData = look.HasData,
            Absence = look.Absence,
            Component = EvidenceComponent.Value,
            Canary = SideTotals.None,
            Stable = SideTotals.None,
            CanaryValue = Sums.CanaryMean,
            StableValue = Sums.StableMean,
            Ratio = Sums is { CanaryMean: > 0 and var c, StableMean: > 0 and var s } ? c / s : null,
            Low = low,
            High = high,
            LogEvidence = LogEvidence,
            Deciding = Window.IsNone ? null : Deciding(low, high),
            Safe = [],
            Dispersion = Noise?.Correlation ?? 1,
            DispersionMeasured = Noise is not null,
            HasHistory = Noise is not null,
        };
    }

    /// <inheritdoc/>
    public override void Write(StateWriter to)
    {
        to.Count(Looks);
        to.Count((Noise is null ? 0 : 1) + (IsPlain ? 2 : 0));
        if (Noise is not null)
        {
            to.Count(Noise.IsPlain ? 1 : 0);
            to.Number(Noise.Spread);
            to.Number(Noise.Correlation);
            to.Number(Noise.PodSpread);
            to.Count(Noise.Pods);
        }

        to.Number(Sum);
        to.Number(Variance);
        to.Number(Lost);
        to.Number(Squares);
        to.Count(Seen);
        to.Number(Sums.Canary);
        to.Number(Sums.Stable);
        to.Number(Sums.LogRatios);
        to.Count(Sums.Intervals);
        to.Window(Window);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SeriesState Read(MeasureSetup setup, StateReader from)
    {
        var looks = from.Looks();
        var flags = from.Count();
        var noise = (flags & 1) == 0 ? null : new SeriesNoise(from.Count() != 0, from.Number(), from.Number(), from.Number(), (int)Math.Clamp(from.Count(), 2, int.MaxValue));
        return new(setup, noise)
        {
            Looks = looks,
            IsPlain = (flags & 2) != 0,
            Sum = from.Number(),
            Variance = from.Number(),
            Lost = from.Number(),
            Squares = from.Number(),
            Seen = from.Count(),
            Sums = new(from.Number(), from.Number(), from.Number(), from.Count()),
            Window = from.AtEnd ? HarmWindow.None : from.Window(),
        };
    }

    // Losing what was gained keeps the evidence valid; losses stay, as nobody may begin anew after bad luck.
    private SeriesState InPlain() => this with { Noise = null, IsPlain = true, Lost = Math.Min(LogEvidence, 0), Sum = 0, Variance = 0, Squares = 0, Seen = 0, Window = HarmWindow.None };

    private HarmWindow After(double excess, double canary, double stable, LookTime time)
    {
        if (!double.IsFinite(excess))
            return Window;
        var (c, s) = IsPlain ? (canary, stable) : (Math.Log(canary), Math.Log(stable));
        return Window.Plus(time.Window(excess) with { Canary = new(1, 0), Observed = (float)c, Reference = (float)s });
    }

    private DecidingWindow Deciding(double? low, double? high)
    {
        var isWhole = Window.Canary.Requests == Sums.Intervals;
        double canary = Window.Observed / Window.Canary.Requests, stable = Window.Reference / Window.Canary.Requests;
        var (c, s) = IsPlain ? (canary, stable) : (Math.Exp(canary), Math.Exp(stable));
        return new(EvidenceComponent.Value)
        {
            Duration = isWhole ? null : Window.Duration,
            CanaryValue = c,
            StableValue = s,
            Ratio = c > 0 && s > 0 ? c / s : null,
            Low = isWhole ? low : null,
            High = isWhole ? high : null,
        };
    }

    private double Excess(double canary, double stable)
    {
        var margin = Setup.Options.SeriesMargin;
        if (IsPlain)
            return (Setup.Options.LowerIsWorse ? stable - canary : canary - stable) - (margin * Math.Abs(stable)) - (Noise?.PodMargin ?? 0);
        var ratio = Math.Log(canary) - Math.Log(stable);
        return Setup.Options.LowerIsWorse
            ? -ratio + Logarithms.Log1p(-Math.Min(margin, 0.99)) - (Noise?.PodMargin ?? 0)
            : ratio - Logarithms.Log1p(margin) - (Noise?.PodMargin ?? 0);
    }

    private SeriesState Bet(double excess)
    {
        // Differences of the largest doubles; nothing follows from those.
        if (!double.IsFinite(excess))
            return this;
        var settings = Setup.Settings;
        if (Noise is { } noise)
        {
            var known = Math.Clamp(excess / noise.Scale, -settings.SeriesClip, settings.SeriesClip);
            return this with { Sum = Sum + known, Variance = Variance + noise.Correlation };
        }

        var scale = Seen > 0 ? Math.Sqrt(Squares / Seen) : 0;
        var learnt = this with { Squares = Squares + (excess * excess), Seen = Seen + 1 };
        if (!(scale > 0))
            return learnt;
        var z = Math.Clamp(excess / scale, -settings.SeriesClip, settings.SeriesClip);
        return learnt with { Sum = Sum + z, Variance = Variance + (z * z) };
    }

    // The ratios of the means that the evidence hasn't refuted, from below and from above.
    private (double? Low, double? High) Interval()
    {
        if (Noise is not { } noise || IsPlain || Sums.Intervals == 0)
            return (null, null);
        var needed = DriftEvidence.SumFor(Math.Log(1 / Setup.Settings.IntervalError), noise.Correlation * Sums.Intervals, noise.Correlation);
        var (middle, radius) = (Sums.LogRatios / Sums.Intervals, needed * noise.Scale / Sums.Intervals);
        return (Math.Exp(middle - radius), Math.Exp(middle + radius));
    }

    private static double? Mean(ImmutableArray<double> values)
    {
        if (values.IsDefaultOrEmpty)
            return null;
        var sum = 0.0;
        foreach (var value in values)
            sum += value / values.Length;
        return double.IsFinite(sum) ? sum : null;
    }
}
