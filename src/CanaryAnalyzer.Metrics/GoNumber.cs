using System.Globalization;

namespace CanaryAnalyzer.Metrics;

/// <summary>Writes numbers as Prometheus does: shortest digits that read back the same, never with an exponent.</summary>
internal static class GoNumber
{
    public static string Format(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "+Inf" : "-Inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E');
        if (exponentAt < 0) return text;
        var exponent = int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = text[0] == '-' ? "-" : "";
        var mantissa = text[sign.Length..exponentAt];
        var point = mantissa.IndexOf('.');
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var whole = (point < 0 ? digits.Length : point) + exponent;
        return sign + (whole <= 0 ? "0." + new string('0', -whole) + digits : whole >= digits.Length ? digits.PadRight(whole, '0') : digits.Insert(whole, "."));
    }
}
