using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>An Experiment with what it started.</summary>
public sealed record ExperimentView(string Name, string Status, ViewState State, DateTimeOffset? Created) : ObjectView(Name, Status, State, Created)
{
    /// <summary>What the role of a ReplicaSet that belongs to an Experiment begins with; its template's name follows.</summary>
    public const string RolePrefix = "Σ:";

    private const string TemplateAnnotation = "experiment.argoproj.io/template-name";

    /// <summary>Its ReplicaSets, by name.</summary>
    public required IReadOnlyList<ReplicaSetView> ReplicaSets { get; init; }

    /// <summary>Its AnalysisRuns, oldest first.</summary>
    public required IReadOnlyList<AnalysisRunView> AnalysisRuns { get; init; }

    /// <summary>Reads an Experiment, with what belongs to it among the objects.</summary>
    public static ExperimentView Of(JsonObject experiment, RolloutObjects objects)
    {
        var phase = experiment.Text("status", "phase") ?? "";
        var uid = experiment.Text("metadata", "uid");
        return new ExperimentView(NameOf(experiment), phase, ViewStates.OfAnalysis(phase), CreationOf(experiment))
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
        set.Text("metadata", "annotations", TemplateAnnotation) is { Length: > 0 } template ? [RolePrefix + template] : [];
}
