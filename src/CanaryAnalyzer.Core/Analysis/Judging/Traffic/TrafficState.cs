using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Traffic;

/// <summary>
/// The canary's share of all requests against its weight. A wrong share is no harm, but where routing is not what it seems (a canary that crashes loses requests)
/// nothing may be promoted on the requests that were counted. A route is mended sooner or later: once the share was wrong, it is tested on what is recent until that is right.
/// </summary>
/// <param name="Setup">Under what it is judged.</param>
internal sealed record TrafficState(MeasureSetup Setup) : MeasureState(Setup)
{
    // How many requests it takes to call a share right: as many as show one that is off by a quarter, or by as much as it was, at three standard errors.
    private const double Relevant = 0.25;
    private const double StandardErrors = 3;

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

    /// <summary>By how much it was off when that was shown last.</summary>
    public double Deviation { get; init; }

    /// <summary>What is tested: all requests under the share, and once it was wrong those since a recent look.</summary>
    public TrafficSegment Tested { get; init; }

    /// <summary>The later part of <see cref="Tested"/>, which takes its place when that is long enough to be tested twice; empty as long as nothing is wrong.</summary>
    public TrafficSegment Later { get; init; }

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
            next = next with { Before = IsWrong ? 0 : LogEvidence, Expected = share, Canary = 0, Total = 0, Tested = default, Later = default };
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
        Deciding = !IsWrong || Tested.Total == 0 ? null : new(EvidenceComponent.Split)
        {
            Duration = Tested.Total == Total ? null : Tested.Duration,
            Canary = new(Tested.Canary, 0),
            Stable = new(Tested.Total - Tested.Canary, 0),
            Ratio = Tested.Share / Expected,
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

        return state with
        {
            IsWrong = from.Count() != 0,
            Deviation = from.Number(),
            Tested = new(from.Count(), from.Count(), from.Count(), from.Count()),
            Later = new(from.Count(), from.Count(), from.Count(), from.Count()),
        };
    }

    private double Evidence(TrafficSegment segment) => segment.Total > 0 ? SplitEvidence.LogE(segment.Canary, segment.Total, Expected, Setup.Settings.TrafficConcentration) : 0;

    private TrafficState Test(long canary, long total, LookTime time)
    {
        // What showed that the share is wrong is not tested again.
        var begins = IsWrong && LogEvidence >= Threshold;
        var next = this with { Before = begins ? 0 : Before, Tested = (begins ? default : Tested).Plus(canary, total, time), Later = begins || !IsWrong ? default : Later.Plus(canary, total, time) };
        if (next.LogEvidence >= Threshold)
            return next with { IsWrong = true, Deviation = Math.Abs(next.Tested.Share - Expected), Later = default };
        if (!IsWrong)
            return next;
        if (next.IsRight(next.Tested))
            return next with { IsWrong = false, Deviation = 0, Later = default };
        if (next.IsRight(next.Later))
            return next with { IsWrong = false, Deviation = 0, Tested = next.Later, Later = default };
        return next.Later.Total >= next.Needed ? next with { Tested = next.Later, Later = default } : next;
    }

    private double Needed => StandardErrors * StandardErrors * Expected * (1 - Expected) / Math.Pow(Math.Min(Relevant * Expected, Math.Max(Deviation, 1e-6)), 2);

    // Evidence below 1 speaks for the expected share against those around it.
    private bool IsRight(TrafficSegment segment) => segment.Total >= Needed && Evidence(segment) < 0;

    private static long Clamped(SideCounts side) => Math.Clamp(side.Requests, 0, 1_000_000_000_000);
}
