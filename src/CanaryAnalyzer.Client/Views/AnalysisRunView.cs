using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>An AnalysisRun, its counts over all metrics and the Jobs that it started.</summary>
public sealed record AnalysisRunView(string Name, string Status, ViewState State, DateTimeOffset? Created) : ObjectView(Name, Status, State, Created)
{
    private const string JobNameKey = "job-name";

    /// <summary>Its successful measurements, over all metrics.</summary>
    public required int Successful { get; init; }

    /// <summary>Its failed measurements.</summary>
    public required int Failed { get; init; }

    /// <summary>Its inconclusive measurements.</summary>
    public required int Inconclusive { get; init; }

    /// <summary>Its measurements that ended in an error.</summary>
    public required int Errors { get; init; }

    /// <summary>The Jobs that it started.</summary>
    public required IReadOnlyList<ObjectView> Jobs { get; init; }

    /// <summary>Reads an AnalysisRun.</summary>
    public static AnalysisRunView Of(JsonObject run)
    {
        var phase = run.Text("status", "phase") ?? "";
        var results = run.Items("status", "metricResults").ToList();
        int Count(string name) => results.Sum(result => result.Whole(name) ?? 0);
        return new AnalysisRunView(NameOf(run), phase, ViewStates.OfAnalysis(phase), CreationOf(run))
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
        return new ObjectView(name, phase, ViewStates.OfAnalysis(phase), measurement.Instant("startedAt"));
    }
}
