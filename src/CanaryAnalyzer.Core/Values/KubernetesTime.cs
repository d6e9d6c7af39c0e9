using System.Globalization;

namespace CanaryAnalyzer.Core.Values;

/// <summary>Instants as resources have them: whole seconds in UTC.</summary>
public static class KubernetesTime
{
    /// <summary>The first whole second that is not before the instant, so that what waits for it never comes too early.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset instant)
    {
        var over = instant.UtcTicks % TimeSpan.TicksPerSecond;
        if (over == 0) return instant.ToUniversalTime();
        var up = instant.UtcTicks - over + TimeSpan.TicksPerSecond;
        return up > DateTimeOffset.MaxValue.UtcTicks ? DateTimeOffset.MaxValue : new DateTimeOffset(up, TimeSpan.Zero);
    }

    /// <summary>The instant, rounded up, as <c>2024-05-17T09:30:00Z</c>.</summary>
    public static string Format(DateTimeOffset instant) => RoundUp(instant).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The instant to the microsecond, as Leases have it: <c>2024-05-17T09:30:00.000000Z</c>.</summary>
    public static string FormatMicro(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads an instant; null where the text is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
