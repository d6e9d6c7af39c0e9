using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

public class NativeHistogramsTests
{
    [Theory]
    [InlineData(8, 31)]
    [InlineData(3, 31)]
    [InlineData(1, 31)]
    [InlineData(0, 16)]
    [InlineData(-1, 8)]
    [InlineData(-2, 4)]
    [InlineData(-3, 2)]
    [InlineData(-4, 1)]
    public void Bounds_are_boundaries_of_the_coarsest_schema(int schema, int bounds)
    {
        var factor = Math.Pow(2, Math.Pow(2, -schema));

        var (canary, stable) = NativeHistograms.ToBuckets([Native("a", new RawBucket(1, factor, 5))], [Native("b", new RawBucket(1, Math.Pow(2, 1 / 256.0), 5))]);

        Assert.Equal(bounds + 1, canary.Length);
        Assert.Equal(canary.Select(series => series.Label("le")), stable.Select(series => series.Label("le")));
        Assert.All(canary[..^1], series => Assert.Equal(0, Math.IEEERemainder(Math.Log2(Bound(series)), Math.Min(8, Math.Max(0.5, Math.Pow(2, -schema)))), 9));
    }

    [Fact]
    public void Observations_are_cumulative_and_those_near_zero_lowest()
    {
        var buckets = NativeHistograms.ToBuckets([Native("a", new RawBucket(-0.001, 0.001, 3), new RawBucket(0.5, 1, 10), new RawBucket(2, 4, 7), new RawBucket(1024, 2048, 1))], []).Canary;

        // Bounds within the zero bucket say nothing of its observations.
        Assert.Equal(Math.Pow(2, -9), Bound(buckets[0]));
        Assert.Equal([3, 3, 13, 13, 20], new[] { -9, -1, 0, 1, 2 }.Select(octave => Value(buckets, Math.Pow(2, octave))));
        Assert.Equal(21, Assert.Single(buckets[^1].Samples).Value);
    }

    [Fact]
    public void Custom_boundaries_are_bounds()
    {
        var buckets = NativeHistograms.ToBuckets([Native("a", new RawBucket(double.NegativeInfinity, 0.3, 1), new RawBucket(0.3, 0.7, 2))], [Native("b", new RawBucket(0.7, double.PositiveInfinity, 4))]).Canary;

        Assert.Equal([("0.3", 1.0), ("0.7", 3.0), ("+Inf", 3.0)], buckets.Select(series => (series.Label("le"), series.Samples[0].Value)));
    }

    [Fact]
    public void Negative_observations_are_refused_as_latencies()
    {
        var series = NativeHistograms.ToBuckets([Native("a", new RawBucket(-2, -1, 1))], [Native("b", new RawBucket(1, 2, 1))]);

        var look = LookCounting.Count(new MeasureSeries.Buckets(SeriesTable.Of(series.Canary), SeriesTable.Of(series.Stable)), CountingData.Look(1000, accepted: 0, interval: 1000, scrape: 1000));

        Assert.Equal(CountingFlaw.Negative, look.Flaw);
    }

    private static RawSeries Native(string pod, params ImmutableArray<RawBucket> buckets) =>
        new(ImmutableDictionary<string, string>.Empty.Add("pod", pod), []) { Histograms = [new RawHistogram(1000, buckets.Sum(bucket => bucket.Count), buckets)] };

    private static double Bound(RawSeries series) => double.Parse(series.Label("le"), System.Globalization.CultureInfo.InvariantCulture);

    private static double Value(ImmutableArray<RawSeries> buckets, double bound) => Assert.Single(buckets, series => series.Label("le") != "+Inf" && Bound(series) == bound).Samples[0].Value;
}
