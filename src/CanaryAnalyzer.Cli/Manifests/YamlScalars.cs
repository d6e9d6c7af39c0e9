using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>
/// Reads scalars as kubectl does, whose YAML is that of 1.1 (sigs.k8s.io/yaml with go-yaml 2): <c>yes</c> and <c>on</c> are true, <c>0644</c> is 420,
/// <c>1_000</c> is 1000; <c>12:30</c> and <c>2024-05-17</c> are strings.
/// </summary>
internal static partial class YamlScalars
{
    private const string Core = "tag:yaml.org,2002:";

    /// <summary>The value in JSON; null for null.</summary>
    /// <exception cref="YamlException">JSON has no such value.</exception>
    public static JsonNode? Read(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        return tag switch
        {
            "" => scalar.Style == ScalarStyle.Plain ? Resolve(scalar, text) : JsonValue.Create(text),
            Core + "null" or Core + "bool" or Core + "int" or Core + "float" => Resolve(scalar, text),
            Core + "binary" => Encoding.UTF8.GetString(Convert.FromBase64String(text)),
            _ => text,
        };
    }

    /// <summary>A key as JSON has it: <c>on</c> is <c>true</c> there, <c>0x1F</c> is <c>31</c>.</summary>
    public static string Key(YamlNode node)
    {
        if (node is not YamlScalarNode scalar) throw new YamlException(node.Start, node.End, "a field's name must be a string");
        return Read(scalar) switch
        {
            null => throw new YamlException(node.Start, node.End, "a field's name must not be null"),
            JsonValue value when value.TryGetValue<bool>(out var flag) => flag ? "true" : "false",
            var value => value.ToString(),
        };
    }

    private static JsonNode? Resolve(YamlScalarNode scalar, string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return true;
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return false;
        }

        if (NotFinite().IsMatch(text)) throw new YamlException(scalar.Start, scalar.End, $"{text} is a number that JSON doesn't have; put it in quotes");
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('+' or '-' or '.')) return text;
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (Integer(plain) is { } whole) return whole;
        return Float().IsMatch(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : text;
    }

    /// <summary>An integer as Go's ParseInt reads it with base 0; null where the text is none.</summary>
    private static JsonValue? Integer(string text)
    {
        var digits = text.TrimStart('+', '-');
        if (text.Length - digits.Length > 1) return null;
        var (radix, start) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        if (digits.Length == start) return null;
        var value = 0m;
        foreach (var letter in digits.AsSpan(start))
        {
            var digit = char.IsAsciiHexDigit(letter) ? Convert.ToInt32(letter.ToString(), 16) : radix;
            if (digit >= radix) return null;
            value = (value * radix) + digit;
            if (value > ulong.MaxValue) return null;
        }

        if (text[0] != '-') return JsonValue.Create((ulong)value);
        return -value >= long.MinValue ? JsonValue.Create((long)-value) : null;
    }

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Float();
}
