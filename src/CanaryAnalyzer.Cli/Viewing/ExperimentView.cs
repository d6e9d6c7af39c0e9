using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>An Experiment with what it started.</summary>
internal sealed record ExperimentView(string Name, string Status, string Icon, DateTimeOffset? Created) : ObjectView(Name, Status, Icon, Created)
{
    private const string TemplateAnnotation = "experiment.argoproj.io/template-name";

    public required IReadOnlyList<ReplicaSetView> ReplicaSets { get; init; }

    public required IReadOnlyList<AnalysisRunView> AnalysisRuns { get; init; }

    public static ExperimentView Of(JsonObject experiment, RolloutObjects objects)
    {
        var phase = experiment.Text("status", "phase") ?? "";
        var uid = experiment.Text("metadata", "uid");
        return new ExperimentView(NameOf(experiment), phase, Icons.OfAnalysis(phase), CreationOf(experiment))
        {
            Revision = RevisionOf(experiment),
            ReplicaSets =
            [
                .. objects.ReplicaSets.Where(set => set.IsOwnedBy(uid))
                    .Select(set => ReplicaSetView.Of(set, null, objects.Pods) with { Roles = TemplateRole(set) })
                    .OrderBy(set => set.Name, StringComparer.Ordinal),
            ],
            AnalysisRuns = [.. objects.AnalysisRuns.Where(run => run.IsOwnedBy(uid)).Select(AnalysisRunView.Of).OrderBy(run => run.Created)],
        };
    }

    private static IReadOnlyList<string> TemplateRole(JsonObject set) =>
        set.Text("metadata", "annotations", TemplateAnnotation) is { Length: > 0 } template ? [$"{Icons.Experiment}:{template}"] : [];
}
