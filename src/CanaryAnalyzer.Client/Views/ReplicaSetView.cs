using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>A ReplicaSet, its part in the Rollout and its pods.</summary>
public sealed record ReplicaSetView(string Name, string Status, ViewState State, DateTimeOffset? Created) : ObjectView(Name, Status, State, Created)
{
    /// <summary>The label that carries the pod template's hash.</summary>
    public const string HashLabel = "rollouts-pod-template-hash";

    private const string DeadlineAnnotation = "scale-down-deadline";

    /// <summary>What it is to the Rollout: <c>stable</c>, <c>canary</c>, <c>active</c>, <c>preview</c>, <c>ping</c>, <c>pong</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The images of its containers.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>How many pods it has.</summary>
    public required int Replicas { get; init; }

    /// <summary>How many of them are available.</summary>
    public required int Available { get; init; }

    /// <summary>When it will be scaled down; null if that isn't planned.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Its pods, oldest first.</summary>
    public IReadOnlyList<PodView> Pods { get; init; } = [];

    /// <summary>Reads a ReplicaSet, with its pods among those given. Without a Rollout it has no roles.</summary>
    public static ReplicaSetView Of(JsonObject set, JsonObject? rollout, IEnumerable<JsonObject> pods)
    {
        var status = Health(set);
        var uid = set.Text("metadata", "uid");
        return new ReplicaSetView(NameOf(set), status, ViewStates.OfReplicaSet(status), CreationOf(set))
        {
            Revision = RevisionOf(set),
            Roles = rollout is null ? [] : RolesOf(rollout, set.Text("metadata", "labels", HashLabel)),
            Images = [.. set.Items("spec", "template", "spec", "containers").Select(container => container.Text("image")).OfType<string>()],
            Replicas = set.Whole("status", "replicas") ?? 0,
            Available = set.Whole("status", "availableReplicas") ?? 0,
            Deadline = set.Instant("metadata", "annotations", DeadlineAnnotation),
            Pods = [.. pods.Where(pod => pod.IsOwnedBy(uid)).Select(PodView.Of).OrderBy(pod => pod.Created).ThenBy(pod => pod.Name, StringComparer.Ordinal)],
        };
    }

    private static string Health(JsonObject set)
    {
        var wanted = set.Whole("spec", "replicas") ?? 1;
        if ((set.Whole("metadata", "generation") ?? 0) > (set.Whole("status", "observedGeneration") ?? 0))
            return "Progressing";
        if (set.Items("status", "conditions").Any(condition => condition.Text("type") == "ReplicaFailure" && condition.Text("status") == "True"))
            return "ReplicaFailure";
        if ((set.Whole("status", "availableReplicas") ?? 0) < wanted)
            return "Progressing";
        return wanted == 0 ? "ScaledDown" : "Healthy";
    }

    private static IReadOnlyList<string> RolesOf(JsonObject rollout, string? hash)
    {
        if (string.IsNullOrEmpty(hash))
            return [];
        var status = rollout["status"];
        var isStable = status.Text("stableRS") == hash;
        var roles = new List<string>();
        if (isStable)
            roles.Add("stable");
        if (rollout.At("spec", "strategy", "blueGreen") is not null)
        {
            if (status.Text("blueGreen", "activeSelector") == hash)
                roles.Add("active");
            else if (status.Text("blueGreen", "previewSelector") == hash)
                roles.Add("preview");
        }
        else if (isStable || status.Text("currentPodHash") == hash)
        {
            if (!isStable)
                roles.Add("canary");
            if (rollout.At("spec", "strategy", "canary", "pingPong") is not null)
                roles.Add(isStable == (status.Text("canary", "stablePingPong") == "ping") ? "ping" : "pong");
        }

        return roles;
    }
}
