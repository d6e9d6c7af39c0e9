using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>An object as the text of its JSON, which takes a fifth of the memory of its tree. It never changes.</summary>
public sealed class RawResource
{
    private readonly byte[] _utf8;

    internal RawResource(ReadOnlySpan<byte> utf8) => _utf8 = utf8.ToArray();

    /// <summary>The JSON in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>The text of an object.</summary>
    public static RawResource Of(JsonObject resource)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ResourceJson.Writing))
            resource.WriteTo(writer);
        return new RawResource(buffer.WrittenSpan);
    }

    /// <summary>The object as a tree of its own.</summary>
    public JsonObject Parse() => (JsonObject)JsonNode.Parse(_utf8, documentOptions: ResourceJson.Reading)!;
}
