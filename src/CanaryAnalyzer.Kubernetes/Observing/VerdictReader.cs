using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads what the comparisons of an AnalysisRun say now.</summary>
internal static class VerdictReader
{
    /// <summary>The verdicts put together: harm speaks first, then the least decided; null where the run compares nothing or has not looked yet.</summary>
    public static JudgedVerdict? Read(AnalysisRun run)
    {
        var comparisons = RunPlan.Of(run.Spec).Metrics.Where(m => !m.DryRun)
            .Select(m => (m.Spec.Name, Spec: m.Spec.Provider as CompareSpec)).Where(m => m.Spec is not null);
        var looks = comparisons.Select(c => Last(run.Status.Result(c.Name)?.LastMeasurement) ?? Look.None).ToList();
        if (looks.TrueForAll(l => l == Look.None)) return null;
        var speaker = looks.Find(v => v.Verdict == "Rollback") ?? looks.Find(v => v == Look.None) ?? looks.Find(v => v.Verdict != "Promote") ?? looks[0];
        var strongest = looks.MaxBy(v => v.Evidence / v.Threshold) ?? speaker;
        return new JudgedVerdict(
            speaker.Sentence,
            speaker.Reason,
            looks.Max(v => v.Number),
            strongest.Evidence,
            strongest.Threshold,
            looks.Exists(v => v.LookedAt is null) ? null : looks.Min(v => v.LookedAt),
            looks.Exists(v => v.SmallestRatio is null) ? null : looks.Max(v => v.SmallestRatio),
            looks.TrueForAll(v => v.HasMinimumRequests));
    }

    private static Look? Last(Measurement? measurement)
    {
        if (measurement is null || Parse(measurement.Value) is not { } value || value.Text("verdict") is not { } verdict) return null;
        return new Look(
            verdict,
            value.Text("reason") ?? "",
            measurement.Message,
            value.Whole("look") ?? 0,
            Number(value["evidence"]),
            Number(value["threshold"]),
            KubernetesTime.Parse(value.Text("at")),
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
        string Verdict, string Reason, string Sentence, int Number, double? Evidence, double? Threshold, DateTimeOffset? LookedAt, double? SmallestRatio, bool HasMinimumRequests)
    {
        /// <summary>A comparison whose first look has had no answer yet: it keeps the others from speaking for it.</summary>
        public static Look None { get; } = new("Continue", "QueryError", "not looked yet", 0, null, null, null, null, HasMinimumRequests: false);
    }
}
