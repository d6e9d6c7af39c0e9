using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Metrics.History;

/// <summary>
/// Series as bytes: times as differences of their differences, whole values as differences, others as their bits. A week of a service is some ten million samples, of
/// which each takes about two bytes before packing.
/// </summary>
internal static class SampleCoding
{
    private const double LargestWhole = 1L << 52;

    public static void Write(BinaryWriter writer, ImmutableArray<RawSeries> all)
    {
        writer.Write7BitEncodedInt(all.Length);
        foreach (var series in all)
        {
            writer.Write7BitEncodedInt(series.Labels.Count);
            foreach (var (name, value) in series.Labels)
            {
                writer.Write(name);
                writer.Write(value);
            }

            writer.Write7BitEncodedInt(series.Samples.Length);
            var (at, step, last) = (0L, 0L, 0L);
            foreach (var sample in series.Samples)
            {
                WriteSigned(writer, sample.At - at - step);
                (at, step) = (sample.At, sample.At - at);
                var isWhole = sample.Value == Math.Floor(sample.Value) && Math.Abs(sample.Value) < LargestWhole;
                writer.Write(isWhole);
                if (!isWhole)
                {
                    writer.Write(sample.Value);
                    continue;
                }

                WriteSigned(writer, (long)sample.Value - last);
                last = (long)sample.Value;
            }
        }
    }

    public static ImmutableArray<RawSeries> Read(BinaryReader reader)
    {
        var all = new RawSeries[reader.Read7BitEncodedInt()];
        for (var i = 0; i < all.Length; i++)
        {
            var labels = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--) labels[reader.ReadString()] = reader.ReadString();
            var samples = new RawSample[reader.Read7BitEncodedInt()];
            var (at, step, last) = (0L, 0L, 0L);
            for (var s = 0; s < samples.Length; s++)
            {
                step += ReadSigned(reader);
                at += step;
                var isWhole = reader.ReadBoolean();
                if (isWhole) last += ReadSigned(reader);
                samples[s] = new RawSample(at, isWhole ? last : reader.ReadDouble());
            }

            all[i] = new RawSeries(labels, ImmutableCollectionsMarshal.AsImmutableArray(samples));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(all);
    }

    private static void WriteSigned(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64((value << 1) ^ (value >> 63));

    private static long ReadSigned(BinaryReader reader)
    {
        var value = reader.Read7BitEncodedInt64();
        return (long)((ulong)value >> 1) ^ -(value & 1);
    }
}
