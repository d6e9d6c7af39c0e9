using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>
/// Writes native histograms as cumulative buckets at bounds that every finer schema contains, so that they count like classic ones. A schema's boundaries are the powers of
/// 2^(2^-schema): https://prometheus.io/docs/specs/native_histograms/#schema
/// </summary>
public static class NativeHistograms
{
    /// <summary>The finest schema of the grid: two bounds an octave.</summary>
    private const int FinestSchema = 1;

    /// <summary>The coarsest schema there is.</summary>
    private const int CoarsestSchema = -4;

    /// <summary>The grid begins at 2^-10, about a millisecond, and ends at 2^5, 32 seconds: 31 bounds with two an octave.</summary>
    private const int FirstOctave = -10, LastOctave = 5;

    /// <summary>Where the unit is unknown, one bound an octave reaches up to 32 seconds in milliseconds, too.</summary>
    private const int SchemaOfUnknown = 0, LastOfUnknown = 15;

    private const int MostCustomBounds = 31;

    /// <summary>By what part two numbers may differ that are one bound.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The series of both sides as those of classic buckets.</summary>
    /// <param name="canary">The canary's native histograms.</param>
    /// <param name="stable">The stable side's.</param>
    /// <param name="unit">The unit of what they observe.</param>
    /// <returns>For each series one a bound, with the label <c>le</c>; where the sides' schemas differ, at the coarser one's bounds.</returns>
    public static (ImmutableArray<RawSeries> Canary, ImmutableArray<RawSeries> Stable) ToBuckets(ImmutableArray<RawSeries> canary, ImmutableArray<RawSeries> stable, LatencyUnit unit)
    {
        var bounds = Bounds([.. canary.Concat(stable).SelectMany(series => series.Histograms)], unit);

        // With no bound in common each series keeps its own, so that it can be said which these are.
        return ([.. canary.SelectMany(ToBuckets)], [.. stable.SelectMany(ToBuckets)]);

        IEnumerable<RawSeries> ToBuckets(RawSeries series) => Buckets(series, bounds.IsEmpty ? Bounds(series.Histograms, unit) : bounds);
    }

    private static ImmutableArray<double> Bounds(ImmutableArray<RawHistogram> histograms, LatencyUnit unit)
    {
        var (schema, floor) = (unit == LatencyUnit.Unknown ? SchemaOfUnknown : FinestSchema, 0.0);
        var custom = new SortedSet<double>();
        foreach (var bucket in histograms.SelectMany(histogram => histogram.Buckets))
        {
            if (bucket.Right > 0 && (bucket.Left == -bucket.Right || bucket.Left == 0)) floor = Math.Max(floor, bucket.Right);
            else if (Schema(bucket) is { } one) schema = Math.Min(schema, one);
            else custom.UnionWith(new[] { bucket.Left, bucket.Right }.Where(edge => edge > 0 && double.IsFinite(edge)));
        }

        if (custom.Count > 0)
        {
            foreach (var bucket in histograms.SelectMany(histogram => histogram.Buckets).Select(bucket => bucket with { Count = 0 }).Distinct()) custom.RemoveWhere(edge => Straddles(bucket, edge));
            return [.. custom.Take(MostCustomBounds)];
        }

        var step = Math.Pow(2, -schema);
        var shift = (int)Math.Round(Math.Log2(LatencyUnits.PerSecond(unit)));
        var (from, last) = (FirstOctave + shift, unit == LatencyUnit.Unknown ? LastOfUnknown : LastOctave + shift);
        var first = Math.Ceiling(from / step) * step;
        var octaves = Enumerable.Range(0, (int)((last - from) / step) + 1).Select(i => first + (i * step));
        return [.. octaves.Where(octave => octave <= last).Select(octave => Math.Pow(2, octave)).Where(bound => bound >= floor)];
    }

    /// <summary>The schema of an exponential bucket; null for a bucket with boundaries of its own.</summary>
    private static int? Schema(RawBucket bucket)
    {
        if (bucket.Left < 0) bucket = new RawBucket(-bucket.Right, -bucket.Left, bucket.Count);
        if (bucket.Left <= 0 || !double.IsFinite(bucket.Right)) return null;
        var exact = -Math.Log2(Math.Log2(bucket.Right / bucket.Left));
        var schema = (int)Math.Round(exact);
        return Math.Abs(exact - schema) < 1e-3 && schema >= CoarsestSchema && IsBoundary(bucket.Right, schema) ? schema : null;
    }

    private static bool IsBoundary(double value, int schema)
    {
        var power = Math.Log2(value) * Math.Pow(2, schema);
        return Math.Abs(power - Math.Round(power)) < 1e-4;
    }

    /// <summary>Whether the bound parts the bucket, so that nobody knows how much of it lies below.</summary>
    private static bool Straddles(RawBucket bucket, double bound) => bucket.Left < bound * (1 - Rounding) && bucket.Right > bound * (1 + Rounding);

    private static IEnumerable<RawSeries> Buckets(RawSeries series, ImmutableArray<double> bounds)
    {
        foreach (var bound in bounds)
            yield return One(series, bound.ToString("R", CultureInfo.InvariantCulture), histogram => histogram.Buckets.Any(bucket => bucket.Right <= 0 && bucket.Count > 0) ? -1 : UpTo(histogram, bound));
        yield return One(series, "+Inf", histogram => histogram.Count);
    }

    private static RawSeries One(RawSeries series, string le, Func<RawHistogram, double> value)
    {
        var labels = new Dictionary<string, string>(series.Labels, StringComparer.Ordinal) { ["le"] = le };
        return new RawSeries(labels, [.. series.Histograms.Select(histogram => new RawSample(histogram.At, value(histogram)))]);
    }

    /// <summary>The observations up to a bound. It is a boundary of every bucket, but for rounding.</summary>
    private static double UpTo(RawHistogram histogram, double bound)
    {
        var sum = 0.0;
        foreach (var bucket in histogram.Buckets)
        {
            if (bucket.Right > bound * (1 + Rounding)) break;
            sum += bucket.Count;
        }

        return sum;
    }
}
