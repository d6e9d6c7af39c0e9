using System.Buffers;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>The bytes of an answer, in memory that is lent: a look at a large service reads megabytes.</summary>
internal sealed class AnswerBody : IDisposable
{
    private const int FirstSize = 64 * 1024;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _length;

    private AnswerBody()
    {
    }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads the whole body; null, without having read much more, where it is longer than the limit.</summary>
    public static async Task<AnswerBody?> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > limit) return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = new AnswerBody();
        try
        {
            int read;
            while ((read = await stream.ReadAsync(body.Free(), cancellationToken)) > 0)
            {
                body._length += read;
                if (body._length <= limit) continue;
                body.Dispose();
                return null;
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private Memory<byte> Free()
    {
        if (_length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _length);
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_length);
    }
}
