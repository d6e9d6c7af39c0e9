using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>Reads a watch's answer: one JSON event a line.</summary>
internal static class WatchStream
{
    // Large reads keep up with a burst of changes, and a watch at rest holds no buffer.
    private static readonly StreamPipeReaderOptions Reading = new(bufferSize: 32 * 1024, useZeroByteReads: true);

    public static async IAsyncEnumerable<WatchEvent> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, Reading);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken);
                var buffer = result.Buffer;
                while (TryTakeLine(ref buffer, out var line))
                {
                    if (line.IsEmpty)
                        continue;
                    var happened = Parse(line);
                    yield return happened;
                    if (happened.Kind == WatchEventKind.Expired)
                        yield break;
                }

                if (result.IsCompleted)
                {
                    if (!buffer.IsEmpty)
                        throw ApiFailure.Broken("a watch ended in the middle of an event", null);
                    yield break;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }

    private static WatchEvent Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, ResourceJson.Reading);
            var root = document.RootElement;
            var type = ResourceJson.Text(root, "type");
            var element = root.GetProperty("object");
            return type switch
            {
                "ADDED" => new WatchEvent(WatchEventKind.Added, ResourceJson.Copy(element)),
                "MODIFIED" => new WatchEvent(WatchEventKind.Modified, ResourceJson.Copy(element)),
                "DELETED" => new WatchEvent(WatchEventKind.Deleted, ResourceJson.Copy(element)),
                "BOOKMARK" => new WatchEvent(WatchEventKind.Bookmark, ResourceJson.Copy(element)),
                "ERROR" => Failed(ApiFailure.From(element)),
                _ => throw new JsonException($"unknown watch event {type}"),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw ApiFailure.Broken(exception.Message, exception);
        }
    }

    private static WatchEvent Failed(ResourceException failure) =>
        failure.IsGone ? new WatchEvent(WatchEventKind.Expired, new JsonObject()) : throw failure;
}
