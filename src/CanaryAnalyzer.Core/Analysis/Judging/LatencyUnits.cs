namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>From names of metrics and units to the number of seconds that a bound means.</summary>
public static class LatencyUnits
{
    private static readonly (LatencyUnit Unit, string Symbol, string[] Words)[] All =
    [
        (LatencyUnit.Seconds, "s", ["seconds", "s"]),
        (LatencyUnit.Milliseconds, "ms", ["milliseconds", "millis", "ms"]),
        (LatencyUnit.Microseconds, "us", ["microseconds", "micros", "us"]),
        (LatencyUnit.Nanoseconds, "ns", ["nanoseconds", "nanos", "ns"]),
    ];

    /// <summary>The symbols that <see cref="TryParse"/> knows, for people.</summary>
    public static string Symbols => string.Join(", ", All.Select(one => one.Symbol));

    /// <summary>
    /// The unit that a metric's name ends with, as in <c>http_request_duration_seconds</c>; in a recording rule's name each part between colons may end with it
    /// (https://prometheus.io/docs/practices/naming/#metric-names).
    /// </summary>
    public static LatencyUnit OfName(string metric)
    {
        foreach (var part in metric.Split(':'))
        {
            var word = part[(part.LastIndexOfAny(['_', '.']) + 1)..];
            foreach (var (unit, _, words) in All)
            {
                if (words.Contains(word, StringComparer.Ordinal)) return unit;
            }
        }

        return LatencyUnit.Unknown;
    }

    /// <summary>Reads a symbol such as <c>ms</c>; null where it is none.</summary>
    public static LatencyUnit? TryParse(string? symbol) => All.Where(one => one.Symbol == symbol).Select(one => (LatencyUnit?)one.Unit).FirstOrDefault();

    /// <summary>How many make a second; 1 where the unit is unknown, so that numbers stay as they are.</summary>
    public static double PerSecond(LatencyUnit unit) => unit switch
    {
        LatencyUnit.Milliseconds => 1e3,
        LatencyUnit.Microseconds => 1e6,
        LatencyUnit.Nanoseconds => 1e9,
        _ => 1,
    };
}
