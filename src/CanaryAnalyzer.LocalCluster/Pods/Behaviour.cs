using System.Globalization;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>
/// How a pod behaves. As text: settings joined by commas, <c>errors=5%,latency=50ms,spread=0.6,slow=2%,start=1s,crash=30s,port=80,metrics=off</c>;
/// what isn't named stays as it was.
/// </summary>
internal sealed record Behaviour
{
    /// <summary>How many times as long a slow request takes.</summary>
    public const double SlowFactor = 10;

    /// <summary>The share of requests that are answered with 500.</summary>
    public double Errors { get; init; }

    /// <summary>The median of the log-normal response time.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The standard deviation of the logarithm of the response time; 0 makes every answer take the median.</summary>
    public double Spread { get; init; } = 0.5;

    /// <summary>The share of requests that take <see cref="SlowFactor"/> times as long: a tail that the median does not show.</summary>
    public double Slow { get; init; }

    /// <summary>Whether <c>/metrics</c> answers; without it every scrape fails, while requests are served as before.</summary>
    public bool ShowsMetrics { get; init; } = true;

    /// <summary>From the start of the container until it is ready.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From ready until it exits, if it does.</summary>
    public TimeSpan? Crash { get; init; }

    /// <summary>The port that the application listens on where the container names none.</summary>
    public int Port { get; init; } = 80;

    /// <summary>This behaviour with the settings of the text; false and what is wrong where the text cannot be read.</summary>
    public bool TryWith(string text, out Behaviour next, out string problem)
    {
        (next, problem) = (this, "");
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !next.TrySet(part[..at].Trim(), part[(at + 1)..].Trim(), out next))
            {
                problem = $"'{part}' is no setting: write errors=5%, latency=50ms, spread=0.6, slow=2%, start=1s, crash=30s, port=80 or metrics=off, joined by commas";
                next = this;
                return false;
            }
        }

        return true;
    }

    /// <summary>A response time for two uniform numbers in (0, 1], by the Box–Muller transform.</summary>
    public TimeSpan LatencyAt(double u, double v) => Latency * Math.Exp(Spread * Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v));

    private bool TrySet(string name, string value, out Behaviour next)
    {
        next = this;
        switch (name)
        {
            case "errors" when Share(value) is { } errors:
                next = this with { Errors = errors };
                return true;
            case "latency" when Duration(value) is { } latency:
                next = this with { Latency = latency };
                return true;
            case "spread" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var spread) && spread is >= 0 and <= 3:
                next = this with { Spread = spread };
                return true;
            case "slow" when Share(value) is { } slow:
                next = this with { Slow = slow };
                return true;
            case "metrics" when value is "on" or "off":
                next = this with { ShowsMetrics = value == "on" };
                return true;
            case "start" when Duration(value) is { } start:
                next = this with { Start = start };
                return true;
            case "crash" when value == "never" || Duration(value) is not null:
                next = this with { Crash = Duration(value) };
                return true;
            case "port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535:
                next = this with { Port = port };
                return true;
            default:
                return false;
        }
    }

    private static double? Share(string value)
    {
        var percent = value.EndsWith('%');
        return double.TryParse(percent ? value[..^1] : value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (percent ? number / 100 : number) is var share and >= 0 and <= 1 ? share : null;
    }

    private static TimeSpan? Duration(string value)
    {
        (string Unit, double Seconds)[] units = [("ms", 0.001), ("s", 1), ("m", 60)];
        foreach (var (unit, seconds) in units)
        {
            if (value.EndsWith(unit, StringComparison.Ordinal) && double.TryParse(value[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 86_400)
                return TimeSpan.FromSeconds(number * seconds);
        }

        return null;
    }
}
