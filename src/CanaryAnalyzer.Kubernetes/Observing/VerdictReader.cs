using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads what the comparisons of an AnalysisRun say now.</summary>
internal static class VerdictReader
{
    /// <summary>The verdicts put together: harm speaks first, then the least decided; null where the run compares nothing or has not looked yet.</summary>
    public static JudgedVerdict? Read(JsonObject run)
    {
        var verdicts = run.Objects("status", "metricResults").Where(m => !m.Flag("dryRun")).Select(Last).OfType<Look>().ToList();
        if (verdicts.Count == 0) return null;
        var speaker = verdicts.Find(v => v.Verdict == "Rollback") ?? verdicts.Find(v => v.Verdict != "Promote") ?? verdicts[0];
        var strongest = verdicts.MaxBy(v => v.Evidence / v.Threshold) ?? speaker;
        var seen = verdicts.Exists(v => v.LookedAt is null) ? null : verdicts.Min(v => v.LookedAt);
        return new JudgedVerdict(
            speaker.Sentence,
            speaker.Reason,
            verdicts.Max(v => v.Number),
            strongest.Evidence,
            strongest.Threshold,
            seen,
            verdicts.Exists(v => v.SmallestRatio is null) ? null : verdicts.Max(v => v.SmallestRatio),
            verdicts.TrueForAll(v => v.HasMinimumRequests));
    }

    private static Look? Last(JsonObject metric)
    {
        if (metric.Objects("measurements").LastOrDefault() is not { } measurement || Parse(measurement.Text("value")) is not { } value) return null;
        return value.Text("verdict") is not { } verdict ? null : new Look(
            verdict,
            value.Text("reason") ?? "",
            measurement.Text("message") ?? "",
            value.Whole("look") ?? 0,
            Number(value["evidence"]),
            Number(value["threshold"]),
            ResourceFields.Instant(value.Text("at")),
            Number(value["smallestRatio"]),
            value.Flag("hasMinRequests"));
    }

    private static JsonObject? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;

    private sealed record Look(
        string Verdict, string Reason, string Sentence, int Number, double? Evidence, double? Threshold, DateTimeOffset? LookedAt, double? SmallestRatio, bool HasMinimumRequests);
}
