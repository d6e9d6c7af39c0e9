using System.Collections.Immutable;
using System.Text;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>Keeps a status small: old measurements go first, never a metric's last one or its counters.</summary>
internal static class StatusSize
{
    /// <summary>The most bytes that a status has as JSON.</summary>
    public const int Most = 32 * 1024;

    /// <summary>More than the names, numbers and instants of an object take.</summary>
    private const int Fixed = 512;

    /// <summary>The bytes of a character that is escaped.</summary>
    private const int Escaped = 6;
    private const int Punctuation = 6;

    public static RunStatus Fit(RunStatus status)
    {
        if (AtMost(status) <= Most) return status;
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

    /// <summary>A size that the status does not exceed, found without writing it: most are far from the limit.</summary>
    private static int AtMost(RunStatus status) => Fixed + Text(status.Message) + status.MetricResults.Sum(AtMost);

    private static int AtMost(MetricResult result) => Fixed + Text(result.Name) + Text(result.Message) + Texts(result.Metadata) + result.Measurements.Sum(AtMost);

    private static int AtMost(Measurement measurement) => Fixed + Text(measurement.Message) + Text(measurement.Value) + Texts(measurement.Metadata);

    private static int Texts(ImmutableSortedDictionary<string, string> texts)
    {
        var size = 0;
        foreach (var (name, text) in texts) size += Text(name) + Text(text) + Punctuation;
        return size;
    }

    private static int Text(string? text) => Escaped * (text?.Length ?? 0);

    private static int Measure(RunStatus status) => Encoding.UTF8.GetByteCount(RunStatusJson.Write(status).ToJsonString());

    private static int Measure(MetricResult result) => Measure(RunStatus.New with { MetricResults = [result] });
}
