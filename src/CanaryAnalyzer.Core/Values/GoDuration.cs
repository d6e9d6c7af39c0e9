using System.Globalization;

namespace CanaryAnalyzer.Core.Values;

/// <summary>Durations in Go's notation, which Kubernetes resources use: <c>300ms</c>, <c>5m</c>, <c>1h30m</c>.</summary>
public static class GoDuration
{
    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ns", 0.01m), ("us", 10m), ("µs", 10m), ("μs", 10m), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration such as <c>1h30m</c>, <c>-1.5s</c> or <c>0</c>.</summary>
    /// <param name="text">The text to read; a number needs a unit (ns, us, ms, s, m, h) unless it is <c>0</c>.</param>
    /// <param name="duration">The duration, to 100 ns; zero where the text is none.</param>
    /// <returns>Whether the text is a duration that fits into a <see cref="TimeSpan"/>.</returns>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.IsNullOrEmpty(text)) return false;
        var rest = text.AsSpan();
        var negative = rest[0] == '-';
        if (rest[0] is '-' or '+') rest = rest[1..];
        if (rest is "0") return true;
        if (rest.IsEmpty) return false;
        decimal ticks = 0;
        while (!rest.IsEmpty)
        {
            if (!TakeTerm(ref rest, out var term) || ticks + term > TimeSpan.MaxValue.Ticks) return false;
            ticks += term;
        }

        duration = TimeSpan.FromTicks((long)(negative ? -ticks : ticks));
        return true;
    }

    /// <summary>Writes a duration as Go does: <c>1h30m0s</c>, <c>5m0s</c>, <c>10s</c>, <c>250ms</c>, <c>0s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return "0s";
        var sign = duration < TimeSpan.Zero ? "-" : "";
        var size = duration.Duration();
        if (size < TimeSpan.FromSeconds(1)) return string.Create(CultureInfo.InvariantCulture, $"{sign}{size.TotalMilliseconds:0.####}ms");
        var seconds = (size.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);
        var hours = (long)size.TotalHours;
        var text = hours > 0 ? $"{hours}h{size.Minutes}m{seconds}s" : size.Minutes > 0 ? $"{size.Minutes}m{seconds}s" : $"{seconds}s";
        return sign + text;
    }

    private static bool TakeTerm(ref ReadOnlySpan<char> rest, out decimal ticks)
    {
        ticks = 0;
        var digits = rest.IndexOfAnyExcept("0123456789.");
        if (digits <= 0 || digits > 20 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        var unitLength = rest[digits..].IndexOfAny("0123456789.");
        var unit = unitLength < 0 ? rest[digits..] : rest.Slice(digits, unitLength);
        foreach (var (name, size) in Units)
        {
            if (!unit.SequenceEqual(name)) continue;
            if (number > TimeSpan.MaxValue.Ticks / size) return false;
            ticks = number * size;
            rest = rest[(digits + unit.Length)..];
            return true;
        }

        return false;
    }
}
