using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;

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

        var (canary, stable) = NativeHistograms.ToBuckets([Native("a", new RawBucket(1, factor, 5))], [Native("b", new RawBucket(1, Math.Pow(2, 1 / 256.0), 5))], LatencyUnit.Seconds);

        Assert.Equal(bounds + 1, canary.Length);
        Assert.Equal(canary.Select(series => series.Label("le")), stable.Select(series => series.Label("le")));
        Assert.All(canary[..^1], series => Assert.Equal(0, Math.IEEERemainder(Math.Log2(Bound(series)), Math.Min(8, Math.Max(0.5, Math.Pow(2, -schema)))), 9));
    }

    [Fact]
    public void Observations_are_cumulative_and_those_near_zero_lowest()
    {
        var buckets = NativeHistograms.ToBuckets([Native("a", new RawBucket(-0.001, 0.001, 3), new RawBucket(0.5, 1, 10), new RawBucket(2, 4, 7), new RawBucket(1024, 2048, 1))], [], LatencyUnit.Seconds).Canary;

        // Bounds within the zero bucket say nothing of its observations.
        Assert.Equal(Math.Pow(2, -9), Bound(buckets[0]));
        Assert.Equal([3, 3, 13, 13, 20], new[] { -9, -1, 0, 1, 2 }.Select(octave => Value(buckets, Math.Pow(2, octave))));
        Assert.Equal(21, Assert.Single(buckets[^1].Samples).Value);
    }

    [Fact]
    public void Custom_boundaries_are_bounds()
    {
        var buckets = NativeHistograms.ToBuckets([Native("a", new RawBucket(double.NegativeInfinity, 0.3, 1), new RawBucket(0.3, 0.7, 2))], [Native("b", new RawBucket(0.7, double.PositiveInfinity, 4))], LatencyUnit.Seconds).Canary;

        Assert.Equal([("0.3", 1.0), ("0.7", 3.0), ("+Inf", 3.0)], buckets.Select(series => (series.Label("le"), series.Samples[0].Value)));
    }

    [Fact]
    public void Custom_bounds_of_different_layouts_are_those_that_no_bucket_straddles()
    {
        // The same latencies on both sides: 50 up to 0.1 s, 30 up to 0.2 s, 20 up to 0.5 s, 10 above 0.8 s.
        var counts = Assert.Single(Look(
            Growing("c", new RawBucket(double.NegativeInfinity, 0.1, 50), new RawBucket(0.1, 0.5, 50), new RawBucket(0.8, double.PositiveInfinity, 10)),
            Growing("s", new RawBucket(double.NegativeInfinity, 0.2, 80), new RawBucket(0.2, 0.5, 20), new RawBucket(0.5, double.PositiveInfinity, 10))).Intervals).Counts;

        Assert.Equal([0.5], counts.BucketBounds);
        Assert.Equal([100, 10], counts.Canary.Buckets);
        Assert.Equal([100, 10], counts.StableA.Requests == 0 ? counts.StableB.Buckets : counts.StableA.Buckets);
    }

    [Fact]
    public void Custom_bounds_count_where_a_histogram_shows_no_bucket_that_straddles_them()
    {
        // Empty buckets are not told: both have the bounds 0.1, 0.2 and 0.5.
        var counts = Assert.Single(Look(Growing("c", new RawBucket(0.1, 0.2, 7)), Growing("s", new RawBucket(double.NegativeInfinity, 0.1, 5), new RawBucket(0.2, 0.5, 3))).Intervals).Counts;

        Assert.Equal([0.1, 0.2, 0.5], counts.BucketBounds);
        Assert.Equal([0, 7, 0, 0], counts.Canary.Buckets);
    }

    [Fact]
    public void Custom_bounds_of_which_none_is_common_are_named_with_both_lists()
    {
        // One of the stable pods has the canary's bound, the other a bucket across it.
        var look = Look(
            Growing("c", new RawBucket(double.NegativeInfinity, 0.5, 1), new RawBucket(0.5, double.PositiveInfinity, 2)),
            Growing("s-1", new RawBucket(double.NegativeInfinity, 0.5, 1), new RawBucket(0.5, double.PositiveInfinity, 2)),
            Growing("s-2", new RawBucket(double.NegativeInfinity, 0.3, 1), new RawBucket(0.3, 0.7, 2)));

        Assert.Equal((CountingFlaw.NoCommonBuckets, "canary has 0.5, stable has 0.3 0.5 0.7"), (look.Flaw, look.Detail));
        Assert.Empty(look.Intervals);
    }

    [Fact]
    public void Custom_bounds_that_an_exponential_bucket_straddles_are_none()
    {
        var look = Look(Growing("c", new RawBucket(double.NegativeInfinity, 0.6, 1), new RawBucket(0.6, 1, 2)), Growing("s", new RawBucket(0.5, 1, 2)));

        Assert.Equal([1], Assert.Single(look.Intervals).Counts.BucketBounds);
    }

    [Fact]
    public void Negative_observations_are_refused_as_latencies() =>
        Assert.Equal(CountingFlaw.Negative, Look(Growing("a", new RawBucket(-2, -1, 1)), Growing("b", new RawBucket(1, 2, 1))).Flaw);

    [Theory]
    [InlineData(LatencyUnit.Seconds, 0.0009765625, 32, 31)]
    [InlineData(LatencyUnit.Milliseconds, 1, 32768, 31)]
    [InlineData(LatencyUnit.Nanoseconds, 1048576, 34359738368, 31)]
    [InlineData(LatencyUnit.Unknown, 0.0009765625, 32768, 26)]
    public void Grid_covers_the_same_times_in_every_unit(LatencyUnit unit, double first, double last, int count)
    {
        var bounds = NativeHistograms.ToBuckets([Native("a", new RawBucket(1, Math.Pow(2, 1 / 8.0), 5))], [], unit).Canary
            .Select(series => series.Label("le")).Where(le => le != "+Inf").Select(le => double.Parse(le, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Equal((first, last, count), (bounds[0], bounds[^1], bounds.Count));
    }

    private static RawSeries Native(string pod, params ImmutableArray<RawBucket> buckets) =>
        new(ImmutableDictionary<string, string>.Empty.Add("pod", pod), []) { Histograms = [new RawHistogram(1000, buckets.Sum(bucket => bucket.Count), buckets)] };

    /// <summary>A histogram whose buckets are twice as full a second later.</summary>
    private static RawSeries Growing(string pod, params ImmutableArray<RawBucket> buckets) =>
        new(ImmutableDictionary<string, string>.Empty.Add("pod", pod), [])
        {
            Histograms = [.. new[] { 1, 2 }.Select(times => new RawHistogram(1000 * times, times * buckets.Sum(bucket => bucket.Count), [.. buckets.Select(bucket => bucket with { Count = times * bucket.Count })]))],
        };

    private static CountedLook Look(RawSeries canary, params ImmutableArray<RawSeries> stable)
    {
        var series = NativeHistograms.ToBuckets([canary], stable, LatencyUnit.Seconds);
        return LookCounting.Count(new MeasureSeries.Buckets(SeriesTable.Of(series.Canary), SeriesTable.Of(series.Stable)), CountingData.Look(2000, accepted: 1000, interval: 1000, scrape: 1000));
    }

    private static double Bound(RawSeries series) => double.Parse(series.Label("le"), System.Globalization.CultureInfo.InvariantCulture);

    private static double Value(ImmutableArray<RawSeries> buckets, double bound) => Assert.Single(buckets, series => series.Label("le") != "+Inf" && Bound(series) == bound).Samples[0].Value;
}
