using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Storage;

/// <summary>One version of an object. Nobody changes <see cref="Json"/>: a writer copies it.</summary>
internal sealed class StoredObject
{
    public StoredObject(ObjectKey key, JsonObject json, long revision)
    {
        json.Ensure("metadata")["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
        JsonAccess.Materialise(json);
        Key = key;
        Json = json;
        Revision = revision;
        Utf8 = JsonSerializer.SerializeToUtf8Bytes(json);
    }

    public ObjectKey Key { get; }

    public JsonObject Json { get; }

    public long Revision { get; }

    /// <summary>The object as it goes over the wire.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    public string Uid => Json.TextAt("metadata", "uid") ?? "";

    public bool IsTerminating => Json.At("metadata", "deletionTimestamp") is not null;

    public JsonObject Copy() => Json.Copy();
}
