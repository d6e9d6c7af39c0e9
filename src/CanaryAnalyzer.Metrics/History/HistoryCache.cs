using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Metrics.History;

/// <summary>
/// Keeps answers in a folder, a file each. A file begins with a checksum of what follows: one that is damaged, cut off or of another question counts as missing and is
/// written anew. Several processes may use one folder.
/// </summary>
internal sealed class HistoryCache(string folder)
{
    private const int ChecksumLength = 32;

    /// <summary>The kept answer; null where there is none that can be used.</summary>
    public async Task<ImmutableArray<RawSeries>?> TryReadAsync(HistoryKey key, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, key.FileName());
        if (!File.Exists(path)) return null;
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            if (bytes.Length <= ChecksumLength || !SHA256.HashData(bytes.AsSpan(ChecksumLength)).AsSpan().SequenceEqual(bytes.AsSpan(0, ChecksumLength))) return null;
            using var packed = new MemoryStream(bytes, ChecksumLength, bytes.Length - ChecksumLength);
            using var plain = new ZLibStream(packed, CompressionMode.Decompress);
            using var reader = new BinaryReader(plain, Encoding.UTF8);
            return reader.ReadString() == key.ToString() ? SampleCoding.Read(reader) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Keeps an answer.</summary>
    /// <exception cref="HistoryException">The folder can't be written.</exception>
    public async Task WriteAsync(HistoryKey key, ImmutableArray<RawSeries> series, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        buffer.Write(new byte[ChecksumLength]);
        await using (var packing = new ZLibStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        await using (var writer = new BinaryWriter(packing, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(key.ToString());
            SampleCoding.Write(writer, series);
        }

        var bytes = buffer.ToArray();
        SHA256.HashData(bytes.AsSpan(ChecksumLength)).CopyTo(bytes, 0);
        var path = Path.Combine(folder, key.FileName());
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(unfinished, bytes, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (OperationCanceledException)
        {
            File.Delete(unfinished);
            throw;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HistoryException($"The cache {folder} can't be written ({failure.Message.TrimEnd('.')}); name another by --cache, or write --no-cache");
        }
    }
}
