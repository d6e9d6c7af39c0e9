using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Traffic;

/// <summary>
/// The canary's share of all requests against its weight. A wrong share is no harm, but where routing is not what it seems (a canary that crashes loses requests)
/// nothing may be promoted on the requests that were counted. A route is mended sooner or later: once the share was wrong, evidence is gathered that it is right, and until there is
/// enough of that it counts as wrong.
/// </summary>
/// <param name="Setup">Under what it is judged.</param>
internal sealed record TrafficState(MeasureSetup Setup) : MeasureState(Setup)
{
    // The share is right again against one that is half as far off as it was, but not against one that is closer than an eighth: that would take too long.
    private const double Relevant = 0.25;

    // No more evidence is kept than that beyond what it takes, so that a route which is bent to the other side is noticed.
    private const double Spare = 2;

    /// <summary>The share that the canary should get now; 0 before any was known.</summary>
    public double Expected { get; init; }

    /// <summary>The canary's requests while it should get that share.</summary>
    public long Canary { get; init; }

    /// <summary>All requests while it should get that share.</summary>
    public long Total { get; init; }

    /// <summary>Natural logarithm of the evidence under the shares before.</summary>
    public double Before { get; init; }

    /// <summary>Whether the share was shown to be wrong, and not yet to be right again.</summary>
    public bool IsWrong { get; init; }

    /// <summary>By how much it was off: the least that was shown since it is wrong.</summary>
    public double Deviation { get; init; }

    /// <summary>What is tested: all requests under the share, and once it was wrong those after what showed that.</summary>
    public TrafficSegment Tested { get; init; }

    /// <summary>The requests that speak for a share which is right again; empty as long as nothing is wrong.</summary>
    public TrafficSegment Later { get; init; }

    /// <summary>Natural logarithm of the evidence that a share which was wrong is right again, and not still too small; never below 0.</summary>
    public double AgainstLess { get; init; }

    /// <summary>The same against one that is too large.</summary>
    public double AgainstMore { get; init; }

    /// <inheritdoc/>
    public override double LogSafe => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double LogEvidence => Before + Evidence(Tested);

    /// <inheritdoc/>
    public override bool ForbidsPromotion => IsWrong;

    private double Threshold => Math.Log(1 / Setup.FalseRollback);

    /// <inheritdoc/>
    public override void AddParts(int measure, List<HarmPart> parts)
    {
    }

    /// <inheritdoc/>
    public override (MeasureState State, bool HasData) Take(MeasureCounts? counts, TimeSpan elapsed, double? spendable)
    {
        var next = this with { Looks = Looks + 1 };
        if (counts?.ExpectedShare is not (> 0 and < 1 and var share))
            return (next, false);
        var canary = Clamped(counts.Canary);
        var total = canary + Clamped(counts.StableA) + Clamped(counts.StableB);
        next = next with { CanaryRequests = CanaryRequests + canary };
        if (!Setup.IsCounted(elapsed, counts.Span))
            return (next, true);

        // Each share is a test of its own; evidence of one after the other multiplies, as long as none was wrong.
        if (!share.Equals(Expected))
            next = next with { Before = IsWrong ? 0 : LogEvidence, Expected = share, Canary = 0, Total = 0, Tested = default, Later = default, AgainstLess = 0, AgainstMore = 0, Deviation = Expected > 0 ? Deviation * share / Expected : 0 };
        next = next with { Canary = next.Canary + canary, Total = next.Total + total };
        return (next.Test(canary, total, LookTime.Of(elapsed, counts.Span, Setup)), true);
    }

    /// <inheritdoc/>
    public override MeasureState ForNextRun() => new TrafficState(Setup);

    /// <inheritdoc/>
    public override MeasureReport Report(MeasureLook look) => new()
    {
        Name = Setup.Options.Name,
        Kind = MeasureKind.Traffic,
        Required = Setup.Options.EffectiveRequired,
        HasData = look.HasData,
        Absence = look.Absence,
        Component = EvidenceComponent.Split,
        Canary = new(Canary, 0),
        Stable = new(Total - Canary, 0),
        Expected = Expected > 0 ? Expected : null,
        Ratio = Total > 0 ? Canary / (Expected * Total) : null,
        LogEvidence = LogEvidence,
        Deciding = !IsWrong || Recent.Total == 0 ? null : new(EvidenceComponent.Split)
        {
            Duration = Recent.Total == Total ? null : Recent.Duration,
            Canary = new(Recent.Canary, 0),
            Stable = new(Recent.Total - Recent.Canary, 0),
            Ratio = Recent.Share / Expected,
            IsShownBefore = Before + Evidence(Recent) < Threshold,
        },
        Safe = [],
        Dispersion = 1,
        DispersionMeasured = false,
        HasHistory = false,
    };

    /// <inheritdoc/>
    public override void Write(StateWriter to)
    {
        to.Count(Looks);
        to.Count(CanaryRequests);
        to.Number(Expected);
        to.Count(Canary);
        to.Count(Total);
        to.Number(Before);
        to.Count(IsWrong ? 1 : 0);
        to.Number(Deviation);
        foreach (var segment in new[] { Tested, Later })
        {
            to.Count(segment.Canary);
            to.Count(segment.Total);
            to.Count(segment.Start);
            to.Count(segment.End);
        }

        to.Number(AgainstLess);
        to.Number(AgainstMore);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TrafficState Read(MeasureSetup setup, StateReader from)
    {
        var state = new TrafficState(setup)
        {
            Looks = from.Looks(),
            CanaryRequests = from.Count(),
            Expected = from.Number(),
            Canary = from.Count(),
            Total = from.Count(),
            Before = from.Number(),
        };

        // A state that was written before there were segments ends here: its requests are tested as they were.
        if (from.AtEnd)
        {
            state = state with { Tested = new(state.Canary, state.Total, 0, 0) };
            return state.LogEvidence >= state.Threshold ? state with { IsWrong = true, Deviation = Math.Abs(state.Tested.Share - state.Expected) } : state;
        }

        state = state with
        {
            IsWrong = from.Count() != 0,
            Deviation = from.Number(),
            Tested = new(from.Count(), from.Count(), from.Count(), from.Count()),
            Later = new(from.Count(), from.Count(), from.Count(), from.Count()),
        };

        // One that was written before there was evidence of a right share ends here, and gathers that again.
        return from.AtEnd ? state with { Later = default } : state with { AgainstLess = from.Number(), AgainstMore = from.Number() };
    }

    private TrafficSegment Recent => Later.Total > 0 ? Later : Tested;

    private double Evidence(TrafficSegment segment) => segment.Total > 0 ? SplitEvidence.LogE(segment.Canary, segment.Total, Expected, Setup.Settings.TrafficConcentration) : 0;

    private TrafficState Test(long canary, long total, LookTime time)
    {
        // What showed that the share is wrong is not tested again.
        var begins = IsWrong && LogEvidence >= Threshold;
        var next = this with { Before = begins ? 0 : Before, Tested = (begins ? default : Tested).Plus(canary, total, time) };
        var isShown = next.LogEvidence >= Threshold;
        if (isShown)
        {
            // The look at which evidence suffices sees more than there is: the least of several is closer to the truth.
            var deviation = Math.Abs(next.Tested.Share - Expected);
            next = next with { IsWrong = true, Deviation = IsWrong ? Math.Min(Deviation, deviation) : deviation };
        }

        if (!IsWrong)
            return next;
        next = next.Heal(canary, total, time);
        return isShown || Math.Min(next.AgainstLess, next.AgainstMore) < RightAt ? next : this with { Before = 0, IsWrong = false, Deviation = 0, Tested = default, Later = default, AgainstLess = 0, AgainstMore = 0 };
    }

    private double RightAt => Setup.Settings.TrafficRightAt;

    // Each look speaks for the expected share against one below and one above; what is lost against either begins again.
    private TrafficState Heal(long canary, long total, LookTime time)
    {
        var distance = Math.Min(Deviation, Relevant * Expected) / 2;
        var less = Gain(AgainstLess, Expected - distance);
        var more = Gain(AgainstMore, Expected + Math.Min(distance, (1 - Expected) / 2));
        return this with { AgainstLess = less, AgainstMore = more, Later = Math.Min(less, more) > 0 ? Later.Plus(canary, total, time) : default };

        double Gain(double before, double other) =>
            Math.Clamp(before + (canary * Math.Log(Expected / other)) + ((total - canary) * Math.Log((1 - Expected) / (1 - other))), 0, RightAt + Spare);
    }

    private static long Clamped(SideCounts side) => Math.Clamp(side.Requests, 0, 1_000_000_000_000);
}
