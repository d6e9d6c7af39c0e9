using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>Reads what tells an object from others from the text of its JSON, without a tree and without reading beyond its metadata.</summary>
internal readonly ref struct MetadataReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    /// <summary>Reads the metadata of an object; what is missing, or not of its kind, is empty.</summary>
    public MetadataReader(ReadOnlySpan<byte> utf8)
    {
        OwnerUids = [];
        var reader = new Utf8JsonReader(utf8, Options);
        if (!reader.Read() || !MoveTo(ref reader, "metadata"u8) || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
                Name = Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("namespace"u8))
                Namespace = Text(ref reader);
            else if (reader.ValueTextEquals("uid"u8))
                Uid = Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("resourceVersion"u8))
                ResourceVersion = Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("deletionTimestamp"u8))
                IsBeingDeleted = Text(ref reader) is not null;
            else if (reader.ValueTextEquals("ownerReferences"u8))
                (OwnerUids, ControllerKind) = Owners(ref reader);
            else
                reader.Skip();
        }
    }

    public string Name { get; } = "";

    public string? Namespace { get; }

    public string Uid { get; } = "";

    public string ResourceVersion { get; } = "";

    public bool IsBeingDeleted { get; }

    public IReadOnlyList<string> OwnerUids { get; }

    public string? ControllerKind { get; }

    /// <summary>The labels of an object.</summary>
    public static ImmutableSortedDictionary<string, string> Labels(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        if (!reader.Read() || !MoveTo(ref reader, "metadata"u8) || !MoveTo(ref reader, "labels"u8) || reader.TokenType != JsonTokenType.StartObject)
            return ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (Text(ref reader) is { } value)
                labels[name] = value;
        }

        return labels.ToImmutable();
    }

    /// <summary>The text at a path of fields; null where there is none.</summary>
    public static string? Text(ReadOnlySpan<byte> utf8, ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        if (!reader.Read())
            return null;
        Span<byte> name = stackalloc byte[256];
        foreach (var field in path)
        {
            if (!Encoding.UTF8.TryGetBytes(field, name, out var length) || !MoveTo(ref reader, name[..length]))
                return null;
        }

        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    // From the beginning of an object to the value of one of its fields.
    private static bool MoveTo(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> field)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFound = reader.ValueTextEquals(field);
            reader.Read();
            if (isFound)
                return true;
            reader.Skip();
        }

        return false;
    }

    // The value after a field's name, if it is a text; any other is passed over.
    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    private static (IReadOnlyList<string> Uids, string? ControllerKind) Owners(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return ([], null);
        }

        var uids = new List<string>(1);
        string? controllerKind = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            var (uid, kind, isController) = Owner(ref reader);
            if (uid is not null)
                uids.Add(uid);
            if (isController)
                controllerKind ??= kind ?? "";
        }

        return (uids, controllerKind);
    }

    private static (string? Uid, string? Kind, bool IsController) Owner(ref Utf8JsonReader reader)
    {
        string? uid = null, kind = null;
        var isController = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("uid"u8))
            {
                uid = Text(ref reader);
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                kind = Text(ref reader);
            }
            else if (reader.ValueTextEquals("controller"u8))
            {
                reader.Read();
                isController = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return (uid, kind, isController);
    }
}
