using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>An AnalysisRun's status as the API server has it; zeros and empty texts are left out, as Argo does.</summary>
public static class RunStatusJson
{
    /// <summary>Reads a status; what it lacks or can't be read is as in a new one.</summary>
    public static RunStatus Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return RunStatus.New;
        return new RunStatus
        {
            Phase = Phase(json, AnalysisPhase.Pending),
            Message = AnalysisRunJson.Text(json, "message") ?? "",
            StartedAt = Time(json, "startedAt"),
            CompletedAt = Time(json, "completedAt"),
            MetricResults = [.. Items(json, "metricResults").Where(result => AnalysisRunJson.Text(result, "name") is not null).Select(ReadResult)],
            Summary = json.TryGetProperty("runSummary", out var summary) ? ReadSummary(summary) : new RunSummary(),
            DryRunSummary = json.TryGetProperty("dryRunSummary", out var dryRun) && dryRun.ValueKind == JsonValueKind.Object ? ReadSummary(dryRun) : null,
        };
    }

    /// <summary>The status as JSON.</summary>
    public static JsonObject Write(RunStatus status)
    {
        var json = new JsonObject { ["phase"] = status.Phase.ToString() };
        AddText(json, "message", status.Message);
        AddTime(json, "startedAt", status.StartedAt);
        AddTime(json, "completedAt", status.CompletedAt);
        if (!status.MetricResults.IsEmpty) json["metricResults"] = new JsonArray([.. status.MetricResults.Select(Write)]);
        json["runSummary"] = Write(status.Summary);
        if (status.DryRunSummary is { } dryRun) json["dryRunSummary"] = Write(dryRun);
        return json;
    }

    private static MetricResult ReadResult(JsonElement json) => new()
    {
        Name = AnalysisRunJson.Text(json, "name")!,
        Phase = Phase(json, AnalysisPhase.Running),
        Message = AnalysisRunJson.Text(json, "message") ?? "",
        DryRun = json.TryGetProperty("dryRun", out var dryRun) && dryRun.ValueKind == JsonValueKind.True,
        Count = Number(json, "count"),
        Successful = Number(json, "successful"),
        Failed = Number(json, "failed"),
        Inconclusive = Number(json, "inconclusive"),
        Error = Number(json, "error"),
        ConsecutiveError = Number(json, "consecutiveError"),
        ConsecutiveSuccess = Number(json, "consecutiveSuccess"),
        Metadata = AnalysisRunJson.Texts(json, "metadata"),
        Measurements = [.. Items(json, "measurements").Select(ReadMeasurement)],
    };

    private static Measurement ReadMeasurement(JsonElement json) => new()
    {
        Phase = Phase(json, AnalysisPhase.Running),
        Message = AnalysisRunJson.Text(json, "message") ?? "",
        StartedAt = Time(json, "startedAt") ?? DateTimeOffset.UnixEpoch,
        FinishedAt = Time(json, "finishedAt"),
        ResumeAt = Time(json, "resumeAt"),
        Value = AnalysisRunJson.Text(json, "value"),
        Metadata = AnalysisRunJson.Texts(json, "metadata"),
    };

    private static RunSummary ReadSummary(JsonElement json) =>
        new(Number(json, "count"), Number(json, "successful"), Number(json, "failed"), Number(json, "inconclusive"), Number(json, "error"));

    private static JsonObject Write(MetricResult result)
    {
        var json = new JsonObject { ["name"] = result.Name, ["phase"] = result.Phase.ToString() };
        AddText(json, "message", result.Message);
        if (result.DryRun) json["dryRun"] = true;
        AddNumber(json, "count", result.Count);
        AddNumber(json, "successful", result.Successful);
        AddNumber(json, "failed", result.Failed);
        AddNumber(json, "inconclusive", result.Inconclusive);
        AddNumber(json, "error", result.Error);
        AddNumber(json, "consecutiveError", result.ConsecutiveError);
        AddNumber(json, "consecutiveSuccess", result.ConsecutiveSuccess);
        AddTexts(json, "metadata", result.Metadata);
        if (!result.Measurements.IsEmpty) json["measurements"] = new JsonArray([.. result.Measurements.Select(Write)]);
        return json;
    }

    private static JsonObject Write(Measurement measurement)
    {
        var json = new JsonObject { ["phase"] = measurement.Phase.ToString() };
        AddText(json, "message", measurement.Message);
        AddTime(json, "startedAt", measurement.StartedAt);
        AddTime(json, "finishedAt", measurement.FinishedAt);
        AddText(json, "value", measurement.Value);
        AddTexts(json, "metadata", measurement.Metadata);
        AddTime(json, "resumeAt", measurement.ResumeAt);
        return json;
    }

    private static JsonObject Write(RunSummary summary)
    {
        var json = new JsonObject();
        AddNumber(json, "count", summary.Count);
        AddNumber(json, "successful", summary.Successful);
        AddNumber(json, "failed", summary.Failed);
        AddNumber(json, "inconclusive", summary.Inconclusive);
        AddNumber(json, "error", summary.Error);
        return json;
    }

    private static AnalysisPhase Phase(JsonElement json, AnalysisPhase missing) =>
        AnalysisRunJson.Text(json, "phase") is { } text && Enum.TryParse<AnalysisPhase>(text, out var phase) && Enum.IsDefined(phase) ? phase : missing;

    private static DateTimeOffset? Time(JsonElement json, string field) => KubernetesTime.Parse(AnalysisRunJson.Text(json, field));

    private static int Number(JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    private static IEnumerable<JsonElement> Items(JsonElement json, string field) =>
        json.TryGetProperty(field, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    private static void AddText(JsonObject json, string field, string? text)
    {
        if (!string.IsNullOrEmpty(text)) json[field] = text;
    }

    private static void AddNumber(JsonObject json, string field, int number)
    {
        if (number != 0) json[field] = number;
    }

    private static void AddTime(JsonObject json, string field, DateTimeOffset? time)
    {
        if (time is { } instant) json[field] = KubernetesTime.Format(instant);
    }

    private static void AddTexts(JsonObject json, string field, ImmutableSortedDictionary<string, string> texts)
    {
        if (texts.Count > 0) json[field] = new JsonObject(texts.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
    }
}
