using System.Text;
using System.Text.Json;

namespace CanaryAnalyzer.Core.Rollouts.Hashing;

/// <summary>JSON in one form for one meaning: members sorted, no spaces, absent and null and empty objects the same.</summary>
public static class CanonicalJson
{
    /// <summary>Writes a value in its canonical form.</summary>
    public static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in value.EnumerateObject().Where(m => !IsEmpty(m.Value)).OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    text.Append(JsonSerializer.Serialize(member.Name)).Append(':');
                    Append(text, member.Value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(JsonSerializer.Serialize(value));
                break;
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.Object => value.EnumerateObject().All(m => IsEmpty(m.Value)),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
