using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Dashboard.Explanations;

/// <summary>What an AnalysisRun's and a Rollout's status say about looks.</summary>
internal static class RunState
{
    private static readonly string[] Ended = ["Successful", "Failed", "Error", "Inconclusive"];

    /// <summary>Whether a run measures no more.</summary>
    public static bool HasEnded(JsonObject run) => Ended.Contains(run.Text("status", "phase"));

    /// <summary>When a run looks next; null where nothing says so.</summary>
    public static DateTimeOffset? NextLookAt(JsonObject run)
    {
        var measurements = run.Objects("status", "metricResults").Where(m => m.Text("phase") == "Running").Select(m => m.Objects("measurements").LastOrDefault());
        return measurements.Where(m => m.Text("finishedAt") is null).Select(m => KubernetesTime.Parse(m.Text("resumeAt"))).Where(at => at is not null).Min();
    }

    /// <summary>What is left of a run's comparisons in its status, by metric: their last looks in short, oldest first.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<KeptLook>> ShortLooks(JsonObject run)
    {
        var metrics = run.Objects("status", "metricResults").Select(m => (Name: m.Text("name") ?? "", Looks: m.Objects("measurements").Select(Short).OfType<KeptLook>().ToList()));
        return metrics.Where(m => m.Looks.Count > 0).ToDictionary(m => m.Name, IReadOnlyList<KeptLook> (m) => m.Looks, StringComparer.Ordinal);
    }

    /// <summary>Whether a release is under way.</summary>
    public static bool IsReleasing(JsonObject rollout) => rollout.At("status", "canary", "release") is JsonObject;

    // A comparison's value is its verdict; the sentence belongs to it.
    private static KeptLook? Short(JsonObject measurement)
    {
        if (Parse(measurement.Text("value")) is not JsonObject value || !value.ContainsKey("verdict")) return null;
        if (measurement.Text("message") is { Length: > 0 } sentence) value["sentence"] = sentence;
        var at = KubernetesTime.Parse(value.Text("at")) ?? KubernetesTime.Parse(measurement.Text("finishedAt")) ?? KubernetesTime.Parse(measurement.Text("startedAt"));
        return new KeptLook(at ?? DateTimeOffset.UnixEpoch, value.ToJsonString());
    }

    private static JsonNode? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
