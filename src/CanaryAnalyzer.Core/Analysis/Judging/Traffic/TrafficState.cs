using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Traffic;

/// <summary>
/// The canary's share of all requests against its weight. A wrong share is no harm, but where routing is not what it seems (a canary that crashes loses requests)
/// nothing may be promoted on the requests that were counted.
/// </summary>
/// <param name="Setup">Under what it is judged.</param>
internal sealed record TrafficState(MeasureSetup Setup) : MeasureState(Setup)
{
    /// <summary>The share that the canary should get now; 0 before any was known.</summary>
    public double Expected { get; init; }

    /// <summary>The canary's requests while it should get that share.</summary>
    public long Canary { get; init; }

    /// <summary>All requests while it should get that share.</summary>
    public long Total { get; init; }

    /// <summary>Natural logarithm of the evidence under the shares before.</summary>
    public double Before { get; init; }

    /// <inheritdoc/>
    public override double LogSafe => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double LogEvidence => Before + (Total > 0 ? SplitEvidence.LogE(Canary, Total, Expected, Setup.Settings.TrafficConcentration) : 0);

    /// <inheritdoc/>
    public override bool ForbidsPromotion => LogEvidence >= Math.Log(1 / Setup.FalseRollback);

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

        // Each share is a test of its own; evidence of one after the other multiplies.
        if (!share.Equals(Expected))
            next = next with { Before = LogEvidence, Expected = share, Canary = 0, Total = 0 };
        return (next with { Canary = next.Canary + canary, Total = next.Total + total }, true);
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
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TrafficState Read(MeasureSetup setup, StateReader from) => new(setup)
    {
        Looks = from.Looks(),
        CanaryRequests = from.Count(),
        Expected = from.Number(),
        Canary = from.Count(),
        Total = from.Count(),
        Before = from.Number(),
    };

    private static long Clamped(SideCounts side) => Math.Clamp(side.Requests, 0, 1_000_000_000_000);
}
