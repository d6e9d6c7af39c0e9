using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

/// <summary>Writes JSON as the YAML that people review: block style, small maps and lists in one line.</summary>
internal static partial class YamlText
{
    public static string Of(JsonObject document)
    {
        var text = new StringBuilder();
        WriteMap(text, document, "");
        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, JsonObject map, string indent)
    {
        foreach (var (name, value) in map)
        {
            text.Append(indent).Append(Scalar(name)).Append(':');
            WriteValue(text, value!, indent);
            // The first line after a list's dash stands behind it already.
            if (indent.EndsWith("- ", StringComparison.Ordinal)) indent = indent[..^2] + "  ";
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode value, string indent)
    {
        var inner = indent.Replace('-', ' ');
        switch (value)
        {
            case JsonObject { Count: > 0 } map when Flow(map) is { Length: <= 160 } flow:
                text.Append(' ').Append(flow).Append('\n');
                break;
            case JsonObject { Count: > 0 } map:
                text.Append('\n');
                WriteMap(text, map, inner + "  ");
                break;
            case JsonArray { Count: > 0 } list when list.All(item => item is JsonValue):
                text.Append(" [").AppendJoin(", ", list.Select(item => Scalar(item!))).Append("]\n");
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                foreach (var item in list)
                {
                    if (Flow(item!) is { Length: <= 160 } line) text.Append(inner).Append("- ").Append(line).Append('\n');
                    else WriteMap(text, item!.AsObject(), inner + "- ");
                }

                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static string? Flow(JsonNode value) => value switch
    {
        JsonObject map => Flow(map.Select(entry => Flow(entry.Value!) is { } flow ? $"{Scalar(entry.Key)}: {flow}" : null), '{', '}'),
        JsonArray list => Flow(list.Select(item => Flow(item!)), '[', ']'),
        _ => Scalar(value) is var scalar && scalar.Contains(',', StringComparison.Ordinal) && scalar[0] != '"' ? $"\"{scalar}\"" : Scalar(value),
    };

    private static string? Flow(IEnumerable<string?> parts, char open, char close) =>
        parts.ToList() is var all && all.Contains(null) ? null : $"{open}{string.Join(", ", all)}{close}";

    private static string Scalar(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? Scalar(value.GetValue<string>()) : value.ToJsonString();

    private static string Scalar(string text) =>
        Plain().IsMatch(text) && text is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n")
            ? text
            : JsonSerializer.Serialize(text, WireJson.Options);

    [GeneratedRegex(@"\A[A-Za-z$/][A-Za-z0-9_./-]*([ ,;('%-]+[A-Za-z0-9][A-Za-z0-9_./)'%-]*)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
