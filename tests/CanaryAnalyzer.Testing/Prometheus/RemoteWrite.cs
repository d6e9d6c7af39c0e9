using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CanaryAnalyzer.Testing.Prometheus;

/// <summary>Writes samples as the remote-write protocol sends them, version 1.0: https://prometheus.io/docs/specs/prw/remote_write_spec/</summary>
internal static class RemoteWrite
{
    private const int LargestLiteral = 65536;

    public static byte[] Encode(IEnumerable<WrittenSeries> series)
    {
        var request = new Message();
        foreach (var one in series) request.Nested(1, Series(one));
        return Snappy(request.ToArray());
    }

    private static Message Series(WrittenSeries series)
    {
        var message = new Message();
        foreach (var (name, value) in series.Labels) message.Nested(1, new Message().Text(1, name).Text(2, value));
        foreach (var (at, value) in series.Samples) message.Nested(2, new Message().Double(1, value).Whole(2, at));
        foreach (var histogram in series.Histograms) message.Nested(4, Histogram(histogram));
        return message;
    }

    private static Message Histogram(WrittenHistogram histogram)
    {
        var span = new Message().Whole(1, ZigZag(histogram.FirstIndex)).Whole(2, histogram.Counts.Length);
        var deltas = new Message();
        long before = 0;
        foreach (var count in histogram.Counts)
        {
            deltas.Varint((ulong)ZigZag(count - before));
            before = count;
        }

        return new Message()
            .Whole(1, histogram.Counts.Sum() + histogram.Zeros).Double(3, 1).Whole(4, ZigZag(histogram.Schema)).Double(5, 1e-6).Whole(6, histogram.Zeros)
            .Nested(11, span).Nested(12, deltas).Whole(15, histogram.At);
    }

    private static long ZigZag(long value) => (value << 1) ^ (value >> 63);

    /// <summary>The block format with literals alone, which is valid and compresses nothing: https://github.com/google/snappy/blob/main/format_description.txt</summary>
    private static byte[] Snappy(byte[] content)
    {
        var block = new Message();
        block.Varint((ulong)content.Length);
        foreach (var part in content.Chunk(LargestLiteral))
        {
            block.Raw([61 << 2, (byte)(part.Length - 1), (byte)((part.Length - 1) >> 8)]);
            block.Raw(part);
        }

        return block.ToArray();
    }

    /// <summary>A protobuf message: https://protobuf.dev/programming-guides/encoding/</summary>
    private sealed class Message
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

        public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

        public void Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7) Raw([(byte)(value | 0x80)]);
            Raw([(byte)value]);
        }

        public Message Whole(int field, long value)
        {
            Varint((ulong)field << 3);
            Varint((ulong)value);
            return this;
        }

        public Message Double(int field, double value)
        {
            Varint(((ulong)field << 3) | 1);
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            Raw(bytes);
            return this;
        }

        public Message Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

        public Message Nested(int field, Message message) => Bytes(field, message.ToArray());

        private Message Bytes(int field, byte[] bytes)
        {
            Varint(((ulong)field << 3) | 2);
            Varint((ulong)bytes.Length);
            Raw(bytes);
            return this;
        }
    }
}
