using System.Buffers;
using System.Text;
using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>
/// Puts arguments in the place of <c>{{args.name}}</c>. Every text of the JSON is looked through, names of fields too, and each value becomes part of its
/// text: whatever characters a value has, it stays within the text that asked for it.
/// </summary>
internal sealed class ArgumentSubstitution(IReadOnlyDictionary<string, string> values, ICollection<SpecError> errors)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The names of the arguments that were asked for.</summary>
    public IReadOnlySet<string> Used => _used;

    public JsonElement Apply(JsonElement json, string path)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, json, path);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private void Write(Utf8JsonWriter writer, JsonElement json, string path)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in json.EnumerateObject())
                {
                    var inner = $"{path}.{field.Name}";
                    writer.WritePropertyName(Replace(field.Name, inner));
                    Write(writer, field.Value, inner);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var index = 0;
                foreach (var item in json.EnumerateArray()) Write(writer, item, $"{path}[{index++}]");
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Replace(json.GetString() ?? "", path));
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    private string Replace(string text, string path)
    {
        if (!text.Contains("{{", StringComparison.Ordinal)) return text;
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (true)
        {
            var start = rest.IndexOf("{{", StringComparison.Ordinal);
            if (start < 0) return result.Append(rest).ToString();
            var length = rest[(start + 2)..].IndexOf("}}", StringComparison.Ordinal);
            if (length < 0)
            {
                errors.Add(new SpecError(path, "{{ has no }} after it; write {{args.name}}"));
                return text;
            }

            result.Append(rest[..start]).Append(ValueOf(rest.Slice(start + 2, length).ToString(), path));
            rest = rest[(start + length + 4)..];
        }
    }

    private string ValueOf(string tag, string path)
    {
        var trimmed = tag.Trim();
        var name = trimmed.StartsWith("args.", StringComparison.Ordinal) ? trimmed["args.".Length..] : null;
        if (name is not null && values.TryGetValue(name, out var value))
        {
            _used.Add(name);
            return value;
        }

        var meant = name is null ? null : NearestWord.Of(name, values.Keys);
        var hint = meant is not null ? $"did you mean {{{{args.{meant}}}}}?" : name is null ? "write {{args.name}}" : $"add {name} to args";
        errors.Add(new SpecError(path, $"failed to resolve {{{{{tag}}}}}; {hint}"));
        return "";
    }
}
