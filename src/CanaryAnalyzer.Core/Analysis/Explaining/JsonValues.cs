using System.Globalization;
using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Explaining;

/// <summary>Numbers and durations that may be unknown.</summary>
internal static class JsonValues
{
    private const double Largest = 1e300;

    /// <summary>Writes a number with six digits; null where it is unknown or none.</summary>
    public static void WriteValue(this Utf8JsonWriter json, string name, double? value)
    {
        // Rounding must not make the largest double infinite.
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, double.Parse(Math.Clamp(number, -Largest, Largest).ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        else
            json.WriteNull(name);
    }

    /// <summary>Writes a duration in whole seconds; null where it is unknown.</summary>
    public static void WriteDuration(this Utf8JsonWriter json, string name, TimeSpan? value)
    {
        if (value is { } duration)
            json.WriteString(name, GoDuration.Format(TimeSpan.FromSeconds(Math.Ceiling(duration.TotalSeconds))));
        else
            json.WriteNull(name);
    }
}
