using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>Everything that <c>get rollout</c> shows.</summary>
public sealed record RolloutView(string Name, string Status, ViewState State, DateTimeOffset? Created) : ObjectView(Name, Status, State, Created)
{
    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Why it is in its phase; empty where nothing is to be said.</summary>
    public required string Message { get; init; }

    /// <summary>What a paused or stuck release waits for; empty where nothing is known, or the message says it.</summary>
    public required string WaitsFor { get; init; }

    /// <summary>The gate that it is at; null where it is at none.</summary>
    public required GateView? Gate { get; init; }

    /// <summary><c>Canary</c>, <c>BlueGreen</c> or nothing.</summary>
    public required string Strategy { get; init; }

    /// <summary>Null for other strategies than canary.</summary>
    public required CanaryProgress? Canary { get; init; }

    /// <summary>Its numbers of pods.</summary>
    public required ReplicaCounts Replicas { get; init; }

    /// <summary>Its ReplicaSets, by name.</summary>
    public required IReadOnlyList<ReplicaSetView> ReplicaSets { get; init; }

    /// <summary>Its Experiments, oldest first.</summary>
    public required IReadOnlyList<ExperimentView> Experiments { get; init; }

    /// <summary>Its AnalysisRuns, oldest first.</summary>
    public required IReadOnlyList<AnalysisRunView> AnalysisRuns { get; init; }

    /// <summary>The images that run.</summary>
    public IReadOnlyList<ImageView> Images => ImageView.Of(ReplicaSets.Concat(Experiments.SelectMany(experiment => experiment.ReplicaSets)));

    /// <summary>The newest first.</summary>
    public IReadOnlyList<int> Revisions =>
        [.. ReplicaSets.Concat<ObjectView>(Experiments).Concat(AnalysisRuns).Select(one => one.Revision).Distinct().OrderDescending()];

    /// <summary>Reads a Rollout, with what belongs to it among the objects.</summary>
    public static RolloutView Of(RolloutObjects objects)
    {
        var rollout = objects.Rollout;
        var uid = rollout.Text("metadata", "uid");
        var (phase, message) = PhaseView.Of(rollout);
        List<ReplicaSetView> replicaSets =
        [
            .. objects.ReplicaSets.Where(set => set.IsOwnedBy(uid)).Select(set => ReplicaSetView.Of(set, rollout, objects.Pods))
                .OrderBy(set => set.Name, StringComparer.Ordinal),
        ];
        var strategy = StrategyOf(rollout);
        return new RolloutView(NameOf(rollout), phase, ViewStates.OfRollout(phase), CreationOf(rollout))
        {
            Namespace = rollout.Text("metadata", "namespace") ?? "",
            Message = message,
            WaitsFor = WaitsForOf(rollout, message),
            Gate = GateView.Of(rollout),
            Strategy = strategy,
            Canary = strategy == "Canary" ? CanaryProgress.Of(rollout, replicaSets) : null,
            Replicas = ReplicaCounts.Of(rollout),
            ReplicaSets = replicaSets,
            Experiments = [.. objects.Experiments.Where(one => one.IsOwnedBy(uid)).Select(one => ExperimentView.Of(one, objects)).OrderBy(one => one.Created)],
            AnalysisRuns =
            [
                .. objects.AnalysisRuns.Where(run => run.IsOwnedBy(uid)).Select(AnalysisRunView.Of)
                    .OrderBy(run => run.Created).ThenByDescending(run => run.Name, StringComparer.Ordinal),
            ],
        };
    }

    /// <summary><c>Canary</c>, <c>BlueGreen</c>, or empty where it has another strategy or none.</summary>
    public static string StrategyOf(JsonObject rollout) => rollout.At("spec", "strategy", "canary") is not null ? "Canary"
        : rollout.At("spec", "strategy", "blueGreen") is not null ? "BlueGreen" : "";

    private static string WaitsForOf(JsonObject rollout, string message)
    {
        const string Beginning = "Waiting for ";
        var waiting = rollout.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Waiting").Text("message") ?? "";
        var thing = waiting.StartsWith(Beginning, StringComparison.Ordinal) ? waiting[Beginning.Length..] : "";
        return thing.Length > 0 && !message.Contains(thing, StringComparison.Ordinal) ? thing : "";
    }
}
