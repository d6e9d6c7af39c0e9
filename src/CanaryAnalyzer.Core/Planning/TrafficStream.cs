using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Planning;

/// <summary>Counts of interval after interval, with canary and stable alike.</summary>
/// <param name="options">How is judged.</param>
/// <param name="traffic">What is assumed.</param>
/// <param name="canaryShare">The canary's part of the traffic, in [0, 1].</param>
/// <param name="draw">The number in a cell, by the cell's number and its mean.</param>
internal sealed class TrafficStream(JudgeOptions options, TrafficAssumption traffic, double canaryShare, Func<int, double, long> draw)
{
    private const int CellsOfSide = 1000;

    /// <summary>The counts as expected: cells with a mean below 1 come up as often as they should, at regular distances.</summary>
    public static TrafficStream Expected(JudgeOptions options, TrafficAssumption traffic, double canaryShare)
    {
        var carried = new Dictionary<int, double>();
        return new TrafficStream(options, traffic, canaryShare, (cell, mean) =>
        {
            var sum = carried.GetValueOrDefault(cell, 0.5) + mean;
            carried[cell] = sum - Math.Floor(sum);
            return (long)Math.Floor(sum);
        });
    }

    /// <summary>The next interval's counts of all measures.</summary>
    public ImmutableArray<MeasureCounts?> Next()
    {
        var requests = traffic.RequestsPerSecond * options.Interval.TotalSeconds;
        return
        [
            .. options.Measures.Select((measure, i) => (MeasureCounts?)Counts(
                measure, Side(measure, (3 * i) + 0, requests * canaryShare), Side(measure, (3 * i) + 1, requests * (1 - canaryShare) / 2), Side(measure, (3 * i) + 2, requests * (1 - canaryShare) / 2))),
        ];
    }

    /// <summary>What stable did in so many intervals before there was a canary.</summary>
    public ImmutableArray<MeasureHistory> Past(int intervals)
    {
        var requests = traffic.RequestsPerSecond * options.Interval.TotalSeconds / 2;
        return
        [
            .. options.Measures.Select((measure, i) => new MeasureHistory(
                [.. Enumerable.Range(0, intervals).Select(_ => new AaInterval(Side(measure, (3 * i) + 1, requests), Side(measure, (3 * i) + 2, requests)))],
                measure.Kind == MeasureKind.Latency ? traffic.Bounds : [])),
        ];
    }

    private MeasureCounts Counts(MeasureOptions measure, SideCounts canary, SideCounts first, SideCounts second) =>
        new(canary, first, second) { BucketBounds = measure.Kind == MeasureKind.Latency ? traffic.Bounds : [] };

    private SideCounts Side(MeasureOptions measure, int side, double requests)
    {
        if (measure.Kind == MeasureKind.Latency)
            return SideCounts.OfBuckets([.. traffic.Shares.Select((share, bucket) => draw((side * CellsOfSide) + bucket, requests * share))]);
        var errors = draw(side * CellsOfSide, requests * traffic.ErrorRate);
        return SideCounts.OfErrors(errors + draw((side * CellsOfSide) + 1, requests * (1 - traffic.ErrorRate)), errors);
    }
}
