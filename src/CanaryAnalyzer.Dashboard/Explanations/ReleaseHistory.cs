using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Dashboard.Explanations;

/// <summary>The releases of a Rollout that ended, from the records on its ReplicaSets; as many as the history limits leave.</summary>
internal sealed class ReleaseHistory(IClusterView view)
{
    /// <summary>The record of the release that ended last; null where none is kept.</summary>
    public JsonObject? Last(JsonObject rollout)
    {
        if (rollout.Text("metadata", "uid") is not { } uid) return null;
        return view.OwnedBy(ResourceType.ReplicaSets, uid).Select(Record).OfType<JsonObject>()
            .MaxBy(record => (KubernetesTime.Parse(record.Text("endedAt")) ?? DateTimeOffset.MinValue, record.Whole("revision") ?? 0));
    }

    /// <summary>What a record says, in a sentence.</summary>
    public static string Sentence(JsonObject record)
    {
        var outcome = record.Text("outcome") switch
        {
            "Promoted" => "was promoted",
            "Aborted" => "was rolled back",
            "Superseded" => "was replaced by another version",
            _ => "ended",
        };
        return $"The release of revision {record.Whole("revision")} has ended: it {outcome} at {record.Text("endedAt")}";
    }

    private static JsonObject? Record(JsonObject replicaSet)
    {
        try
        {
            return replicaSet.Text("metadata", "annotations", Markers.Release) is { } text ? JsonNode.Parse(text) as JsonObject : null;
        }
        catch (JsonException)
        {
            // Somebody else wrote it.
            return null;
        }
    }
}
