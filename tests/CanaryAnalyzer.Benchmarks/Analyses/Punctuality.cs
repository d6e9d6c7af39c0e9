using System.Diagnostics;

namespace CanaryAnalyzer.Benchmarks.Analyses;

/// <summary>How well a schedule of one interval was kept, over many queries.</summary>
/// <param name="Made">Queries made.</param>
/// <param name="Late">How much later than an interval after the one before each came, in seconds, ascending; negative where it came early.</param>
/// <param name="Drift">How far each query's last arrival is from its first one's schedule, in seconds, ascending.</param>
internal sealed record Punctuality(int Made, IReadOnlyList<double> Late, IReadOnlyList<double> Drift)
{
    public static Punctuality Of(IReadOnlyCollection<List<long>> arrivals, TimeSpan interval)
    {
        var late = arrivals.SelectMany(times => times.Zip(times.Skip(1), (one, next) => (Stopwatch.GetElapsedTime(one, next) - interval).TotalSeconds)).Order();
        var drift = arrivals.Where(times => times.Count > 1).Select(times => (Stopwatch.GetElapsedTime(times[0], times[^1]) - (times.Count - 1) * interval).TotalSeconds).Order();
        return new Punctuality(arrivals.Sum(times => times.Count), [.. late], [.. drift]);
    }

    /// <summary>A quantile; NaN where there is nothing.</summary>
    public static double Quantile(IReadOnlyList<double> ascending, double share) => ascending.Count == 0 ? double.NaN : ascending[Math.Min(ascending.Count - 1, (int)(share * ascending.Count))];
}
