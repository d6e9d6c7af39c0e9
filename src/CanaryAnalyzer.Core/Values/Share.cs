using System.Globalization;
using System.Text.Json;

namespace CanaryAnalyzer.Core.Values;

/// <summary>A part of a whole between 0 and 1, written <c>5%</c> or <c>0.05</c>.</summary>
/// <param name="Value">The part, 0 to 1.</param>
public readonly record struct Share(double Value)
{
    /// <summary>Reads <c>5%</c>, <c>0.1 %</c> or <c>0.05</c>.</summary>
    /// <returns>Whether the text is a part of a whole; <c>5</c> and <c>120%</c> are none.</returns>
    public static bool TryParse(string? text, out Share share)
    {
        share = default;
        if (text is null) return false;
        var digits = text.AsSpan().Trim();
        var percent = digits.EndsWith('%');
        if (percent) digits = digits[..^1].TrimEnd();
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(digits, Plain, CultureInfo.InvariantCulture, out var number)) return false;
        if (percent) number /= 100;
        if (number is not (>= 0 and <= 1)) return false;
        share = new Share(number);
        return true;
    }

    /// <summary>Reads a JSON number or string.</summary>
    public static bool TryRead(JsonElement json, out Share share)
    {
        share = default;
        return json.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && TryParse(json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText(), out share);
    }

    /// <summary>The share in percent, such as <c>0.5%</c>.</summary>
    public override string ToString() => (Value * 100).ToString("0.######", CultureInfo.InvariantCulture) + "%";
}
