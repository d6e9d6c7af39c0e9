using System.Globalization;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Dashboard.Explanations;

/// <summary>What an AnalysisRun's and a Rollout's status say about looks.</summary>
internal static class RunState
{
    private static readonly string[] Ended = ["Successful", "Failed", "Error", "Inconclusive"];

    /// <summary>Whether a run measures no more.</summary>
    public static bool HasEnded(JsonObject run) => Ended.Contains(Text(run["status"], "phase"));

    /// <summary>When a run looks next; null where nothing says so.</summary>
    public static DateTimeOffset? NextLookAt(JsonObject run)
    {
        var measurements = Objects(run["status"], "metricResults").Where(m => Text(m, "phase") == "Running").Select(m => Objects(m, "measurements").LastOrDefault());
        return measurements.Select(m => Instant(Text(m, "resumeAt"))).Where(at => at is not null).Min();
    }

    /// <summary>The AnalysisRun that judges a Rollout's release now, or did last; null where none did.</summary>
    public static string? CurrentRun(JsonObject rollout)
    {
        var canary = rollout["status"]?["canary"];
        return Text(canary?["currentStepAnalysisRunStatus"], "name") ?? Text(canary?["release"]?["analysisRun"], "name") ?? Text(canary?["release"], "lastRun")
            ?? Text(canary?["currentBackgroundAnalysisRunStatus"], "name");
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node, string field) => node is JsonObject map && map[field] is JsonArray list ? list.OfType<JsonObject>() : [];

    private static string? Text(JsonNode? node, string field) => node is JsonObject map && map[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
