using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>An AnalysisRun, its counts over all metrics and the Jobs that it started.</summary>
internal sealed record AnalysisRunView(string Name, string Status, string Icon, DateTimeOffset? Created) : ObjectView(Name, Status, Icon, Created)
{
    private const string JobNameKey = "job-name";

    public required int Successful { get; init; }

    public required int Failed { get; init; }

    public required int Inconclusive { get; init; }

    public required int Errors { get; init; }

    public required IReadOnlyList<ObjectView> Jobs { get; init; }

    public static AnalysisRunView Of(JsonObject run)
    {
        var phase = run.Text("status", "phase") ?? "";
        var results = run.Items("status", "metricResults").ToList();
        int Count(string name) => results.Sum(result => result.Whole(name) ?? 0);
        return new AnalysisRunView(NameOf(run), phase, Icons.OfAnalysis(phase), CreationOf(run))
        {
            Revision = RevisionOf(run),
            Successful = Count("successful"),
            Failed = Count("failed"),
            Inconclusive = Count("inconclusive"),
            Errors = Count("error"),
            Jobs = [.. results.SelectMany(result => result.Items("measurements")).Select(Job).OfType<ObjectView>()],
        };
    }

    private static ObjectView? Job(JsonNode measurement)
    {
        if (measurement.Text("metadata", JobNameKey) is not { } name)
            return null;
        var phase = measurement.Text("phase") ?? "";
        return new ObjectView(name, phase, Icons.OfAnalysis(phase), measurement.Instant("startedAt"));
    }
}
