using System.Globalization;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>Numbers as sentences have them: two significant digits, commas between thousands.</summary>
internal static class Figures
{
    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };

    /// <summary>A count: <c>10,933</c>.</summary>
    public static string Count(long count) => count.ToString("#,0", Grouped);

    /// <summary>A share of 1 that was counted: <c>4.8%</c>, <c>0.50%</c>, <c>12.3%</c>, <c>0%</c>.</summary>
    public static string Share(double share)
    {
        var percent = share * 100;
        return (percent >= 10 ? percent.ToString("0.#", Grouped) : WholeTwoDigits(percent)) + "%";
    }

    /// <summary>A share of 1 that somebody set: <c>5%</c>, <c>12.5%</c>.</summary>
    public static string Setting(double share) => (share * 100).ToString("0.####", Grouped) + "%";

    /// <summary>A ratio: <c>9.5x</c>, <c>19x</c>, <c>0.84x</c>, <c>1.0x</c>.</summary>
    public static string Times(double ratio) => WholeTwoDigits(ratio) + "x";

    /// <summary>A ratio: <c>9.5</c>, <c>19</c>, <c>0.84</c>.</summary>
    public static string Ratio(double ratio) => TwoDigits(ratio);

    /// <summary>A lower end, rounded down.</summary>
    public static string Low(double ratio) => TwoDigits(Round(ratio, Math.Floor));

    /// <summary>An upper end, rounded up.</summary>
    public static string High(double ratio) => TwoDigits(Round(ratio, Math.Ceiling));

    /// <summary>An amount of evidence: <c>102</c>, <c>0.4</c>, <c>more than 1,000,000</c>.</summary>
    public static string Evidence(double evidence) => evidence switch
    {
        > 1e6 => "more than 1,000,000",
        >= 10 => Math.Floor(evidence).ToString("#,0", Grouped),
        < 0.01 => "0",
        _ => TwoDigits(Math.Floor(evidence * 100) / 100),
    };

    /// <summary>An amount of evidence that has to be reached: <c>100</c>, <c>20</c>.</summary>
    public static string Threshold(double evidence) => Math.Round(evidence).ToString("#,0", Grouped);

    /// <summary>A value of a series: three digits that matter.</summary>
    public static string Value(double value) => Math.Abs(value) is >= 1000 and < 1e15 ? value.ToString("#,0", Grouped) : value.ToString("G3", Grouped);

    /// <summary>A latency in seconds: <c>250ms</c>, <c>2.5s</c>.</summary>
    public static string Latency(double seconds) =>
        seconds < 1 ? (seconds * 1000).ToString("0.###", Grouped) + "ms" : seconds.ToString("0.###", Grouped) + "s";

    /// <summary>A time, whole seconds: <c>30m</c>, <c>1h</c>, <c>2m30s</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        var text = GoDuration.Format(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)));
        if (text.EndsWith("m0s", StringComparison.Ordinal))
            text = text[..^2];
        return text.EndsWith("h0m", StringComparison.Ordinal) ? text[..^2] : text;
    }

    private static string WholeTwoDigits(double value)
    {
        if (!(value > 0) || value >= 10)
            return TwoDigits(value);
        var rounded = Math.Round(value, Decimals(value));
        return rounded >= 10 ? TwoDigits(rounded) : rounded.ToString("F" + Decimals(rounded).ToString(CultureInfo.InvariantCulture), Grouped);
    }

    /// <summary>A bucket's bound: a latency, or <c>le 250</c> where nobody knows the unit.</summary>
    public static string Bound(double bound, LatencyUnit unit) => unit == LatencyUnit.Unknown ? "le " + bound.ToString("R", CultureInfo.InvariantCulture) : Latency(bound);

    private static string TwoDigits(double value)
    {
        if (!(value > 0))
            return "0";
        if (value >= 10)
            return Math.Round(value).ToString("#,0", Grouped);
        return Math.Round(value, Decimals(value)).ToString("0.##########", Grouped);
    }

    private static double Round(double value, Func<double, double> direction)
    {
        var scale = Math.Pow(10, value >= 10 ? 0 : Decimals(value));
        return direction(Math.Round(value * scale, 9)) / scale;
    }

    private static int Decimals(double value) => Math.Clamp(1 - (int)Math.Floor(Math.Log10(value)), 1, 10);
}
