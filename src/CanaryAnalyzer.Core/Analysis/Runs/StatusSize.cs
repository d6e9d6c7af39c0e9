using System.Text;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>Keeps a status small: old measurements go first, never a metric's last one or its counters.</summary>
internal static class StatusSize
{
    /// <summary>The most bytes that a status has as JSON.</summary>
    public const int Most = 32 * 1024;

    public static RunStatus Fit(RunStatus status)
    {
        var size = Measure(status);
        while (size > Most)
        {
            var results = status.MetricResults;
            var largest = results.Select((result, index) => (Size: Measure(result), Index: index)).Where(one => results[one.Index].Measurements.Length > 1).DefaultIfEmpty((0, -1)).Max();
            if (largest.Item2 < 0) return status;
            var result = results[largest.Item2];
            var dropped = Math.Max(1, Math.Min(result.Measurements.Length - 1, (size - Most) * result.Measurements.Length / Math.Max(1, largest.Item1)));
            status = status with { MetricResults = results.SetItem(largest.Item2, result with { Measurements = result.Measurements.RemoveRange(0, dropped) }) };
            size = Measure(status);
        }

        return status;
    }

    private static int Measure(RunStatus status) => Encoding.UTF8.GetByteCount(RunStatusJson.Write(status).ToJsonString());

    private static int Measure(MetricResult result) => Measure(RunStatus.New with { MetricResults = [result] });
}
