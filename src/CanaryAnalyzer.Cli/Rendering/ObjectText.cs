using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>Objects as JSON or YAML, for <c>-o</c>.</summary>
internal static partial class ObjectText
{
    private const string Indent = "  ";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(JsonObject resource) => resource.ToJsonString(Indented) + "\n";

    public static string Yaml(JsonObject resource)
    {
        var text = new StringBuilder();
        Write(text, resource, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonObject map, string indent)
    {
        foreach (var (name, value) in map)
        {
            text.Append(indent).Append(Scalar(name)).Append(':');
            WriteValue(text, value, indent + Indent, listIndent: indent);
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, string indent, string listIndent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                text.Append('\n');
                Write(text, map, indent);
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                Write(text, list, listIndent);
                break;
            case JsonValue one when one.GetValueKind() == JsonValueKind.String && one.GetValue<string>() is var lines && IsBlock(lines):
                WriteBlock(text, lines, indent);
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void Write(StringBuilder text, JsonArray list, string indent)
    {
        foreach (var item in list)
        {
            var inner = new StringBuilder();
            if (item is JsonObject { Count: > 0 } map)
                Write(inner, map, indent + Indent);
            else if (item is JsonArray { Count: > 0 } nested)
                Write(inner, nested, indent + Indent);
            else
                inner.Append(indent).Append(Indent).Append(Scalar(item)).Append('\n');
            text.Append(indent).Append("- ").Append(inner, indent.Length + Indent.Length, inner.Length - indent.Length - Indent.Length);
        }
    }

    private static void WriteBlock(StringBuilder text, string lines, string indent)
    {
        text.Append(lines.EndsWith('\n') ? " |\n" : " |-\n");
        foreach (var line in lines.TrimEnd('\n').Split('\n'))
            text.Append(line.Length == 0 ? "" : indent + line).Append('\n');
    }

    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && !char.IsWhiteSpace(text[0]) && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !text.Any(letter => char.IsControl(letter) && letter != '\n');

    private static string Scalar(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue one when one.GetValueKind() == JsonValueKind.String => Scalar(one.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    // Whatever another reader might take for a number, a date, a truth value or a sign of YAML is quoted; JSON's quoting is valid YAML.
    private static string Scalar(string text) =>
        Plain().IsMatch(text) && !Ambiguous().IsMatch(text) && !double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _)
            ? text
            : $"\"{JsonEncodedText.Encode(text, Indented.Encoder)}\"";

    [GeneratedRegex(@"^[A-Za-z_/.$]([A-Za-z0-9_./$()+@%=-]|:(?=[^\s])|,(?=[^\s])| (?=[A-Za-z0-9]))*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(true|false|yes|no|on|off|y|n|null|~|\.inf|\.nan)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ambiguous();
}
