using System.Globalization;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>Durations as kubectl shows ages: the larger they are, the coarser.</summary>
internal static class HumanDuration
{
    public static string Format(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds < -1)
            return "<invalid>";
        long minutes = seconds / 60, hours = minutes / 60, days = hours / 24, years = days / 365;
        return true switch
        {
            _ when seconds < 0 => "0s",
            _ when seconds < 2 * 60 => Text(seconds, "s"),
            _ when minutes < 10 => Text(minutes, "m", seconds % 60, "s"),
            _ when minutes < 3 * 60 => Text(minutes, "m"),
            _ when hours < 8 => Text(hours, "h", minutes % 60, "m"),
            _ when hours < 48 => Text(hours, "h"),
            _ when days < 8 => Text(days, "d", hours % 24, "h"),
            _ when days < 2 * 365 => Text(days, "d"),
            _ when years < 8 => Text(years, "y", days % 365, "d"),
            _ => Text(years, "y"),
        };
    }

    private static string Text(long number, string unit, long rest = 0, string restUnit = "") => rest == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{number}{unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}{rest}{restUnit}");
}
