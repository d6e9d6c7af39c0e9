using System.Globalization;

namespace CanaryAnalyzer.LocalCluster.Tables;

/// <summary>A length of time as kubectl shows ages: two units where they say something (<c>8m42s</c>, <c>3h5m</c>), else one.</summary>
internal static class HumanDuration
{
    public static string Of(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
            return span > TimeSpan.FromSeconds(-2) ? "0s" : "<invalid>";
        long seconds = (long)span.TotalSeconds, minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
        if (seconds < 120)
            return Text(seconds, "s");
        if (minutes < 10)
            return Two(minutes, "m", seconds % 60, "s");
        if (minutes < 180)
            return Text(minutes, "m");
        if (hours < 8)
            return Two(hours, "h", minutes % 60, "m");
        if (hours < 48)
            return Text(hours, "h");
        if (hours < 192)
            return Two(days, "d", hours % 24, "h");
        if (days < 730)
            return Text(days, "d");
        return days < 2920 ? Two(days / 365, "y", days % 365, "d") : Text(days / 365, "y");
    }

    private static string Text(long number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;

    private static string Two(long number, string unit, long rest, string restUnit) => Text(number, unit) + (rest == 0 ? "" : Text(rest, restUnit));
}
