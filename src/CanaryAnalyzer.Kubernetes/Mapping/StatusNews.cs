using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>
/// Tells the changes of a Rollout's status that nobody needs at once from those that are news: while pods come and go and a split of the traffic is on its way to the gateways,
/// the counts, the split and what is waited for change with every step of them, and what they lead to is written soon.
/// </summary>
internal static class StatusNews
{
    private static readonly string[] Counts = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "HPAReplicas"];

    /// <summary>Whether all of a change is on its way to something that will be written.</summary>
    /// <param name="before">The status as it was read.</param>
    /// <param name="patch">The change, as a merge patch.</param>
    public static bool IsInTransit(JsonObject before, JsonObject patch) => patch.All(change => change.Key switch
    {
        "message" => before.Text("phase") == nameof(RolloutPhase.Progressing),
        "conditions" => AreInTransit(before["conditions"] as JsonArray ?? [], change.Value as JsonArray ?? []),
        "canary" => IsSplit(before, change.Value as JsonObject ?? []),
        _ => Counts.Contains(change.Key),
    });

    private static bool AreInTransit(JsonArray before, JsonArray next)
    {
        var (old, now) = (Others(before), Others(next));
        return old.Count == now.Count && now.All(n => old.GetValueOrDefault(n.Key) is { } known && IsInTransit(n.Key, known, n.Value));
    }

    // The progress deadline counts from the last update, which a moment more or less does not change; another status of a condition is news.
    private static bool IsInTransit(string type, JsonObject before, JsonObject next) =>
        type == ConditionTypes.Progressing ? before.Text("status") == next.Text("status") && next.Text("status") == "True" : JsonNode.DeepEquals(before, next);

    private static Dictionary<string, JsonObject> Others(JsonArray conditions) =>
        conditions.OfType<JsonObject>().Where(c => c.Text("type") != ConditionTypes.Waiting).GroupBy(c => c.Text("type") ?? "", StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);

    // A run compares what was counted before and after a change of the split: it must know of it at once. A gateway that has to take a split over may need a while, in which
    // the status has to say what was set: otherwise a weight that is taken back would look like somebody else's. So would one that falls, and rises again while surplus pods go.
    private static bool IsSplit(JsonObject before, JsonObject canary)
    {
        var known = before["canary"];
        if (canary["weights"] is { } weights && (!(weights.At("verified") ?? known.At("weights", "verified")).Flag() || Weight(weights) < Weight(known.At("weights")))) return false;
        var isAnalysed = known.At("currentStepAnalysisRunStatus") ?? known.At("currentBackgroundAnalysisRunStatus") ?? known.At("release", "analysisRun");
        return isAnalysed is null && canary.All(c => c.Key == "weights" || (c.Key == "release" && c.Value is JsonObject release && release.All(r => r.Key == "weights")));
    }

    private static int? Weight(JsonNode? weights) => weights.Whole("canary", "weight");
}
