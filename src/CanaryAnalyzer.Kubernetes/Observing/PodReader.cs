using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads what is wrong with a pod.</summary>
public static class PodReader
{
    // What every container waits for on its way up.
    private static readonly string[] Starting = ["ContainerCreating", "PodInitializing"];

    /// <summary>What remains of a pod in memory: who it is, and what <see cref="Problems"/> reads.</summary>
    public static JsonObject Trim(JsonObject pod)
    {
        var kept = Kept(pod, "apiVersion", "kind");
        var metadata = Kept(pod["metadata"], "name", "namespace", "uid", "resourceVersion", "deletionTimestamp", "ownerReferences");
        metadata["labels"] = new JsonObject { [Markers.PodHash] = Hash(pod) };
        kept["metadata"] = metadata;
        var status = Kept(pod["status"], "phase", "reason", "message");
        status["conditions"] = new JsonArray(
            [.. pod.Objects("status", "conditions").Where(c => c.Text("type") is "PodScheduled" or "Ready").Select(c => Kept(c, "type", "status", "reason", "message"))]);
        foreach (var name in (string[])["initContainerStatuses", "containerStatuses"])
            status[name] = new JsonArray([.. pod.Objects("status", name).Select(TrimContainer)]);
        kept["status"] = status;
        return kept;
    }

    private static JsonObject TrimContainer(JsonObject container)
    {
        var kept = Kept(container, "name", "ready", "restartCount");
        foreach (var name in (string[])["state", "lastState"])
        {
            var state = container[name];
            kept[name] = new JsonObject([.. ((string[])["waiting", "running", "terminated"]).Where(kind => state.At(kind) is not null)
                .Select(kind => KeyValuePair.Create<string, JsonNode?>(kind, Kept(state.At(kind), "reason", "message", "exitCode", "finishedAt")))]);
        }

        return kept;
    }

    private static JsonObject Kept(JsonNode? from, params ReadOnlySpan<string> names)
    {
        var kept = new JsonObject();
        foreach (var name in names)
        {
            if (from.At(name) is { } value) kept[name] = value.DeepClone();
        }

        return kept;
    }

    /// <summary>What is wrong with a pod, at most one problem a container; empty for one that is on its way up, well, or being deleted.</summary>
    public static IEnumerable<PodProblem> Problems(JsonObject pod)
    {
        if (pod.IsDeleting()) return [];
        if (pod.Text("status", "phase") == "Failed")
            return [Whole(pod, PodProblemKind.Failed, pod.Text("status", "reason"), pod.Text("status", "message"))];
        var scheduled = Condition(pod, "PodScheduled");
        if (scheduled.Text("status") == "False") return [Whole(pod, PodProblemKind.Unschedulable, scheduled.Text("reason"), scheduled.Text("message"))];
        return pod.Objects("status", "initContainerStatuses").Concat(pod.Objects("status", "containerStatuses"))
            .Select(c => OfContainer(pod, c)).OfType<PodProblem>();
    }

    private static PodProblem? OfContainer(JsonObject pod, JsonObject container)
    {
        var waiting = container.At("state", "waiting");
        var reason = waiting.Text("reason") ?? "";
        var end = container.At("state", "terminated") ?? container.At("lastState", "terminated");
        var restarts = container.Whole("restartCount") ?? 0;
        var isCrashed = end is not null && (restarts > 0 || end.Whole("exitCode") is not (null or 0)) || reason == "CrashLoopBackOff";
        var isNotStarting = !isCrashed && reason.Length > 0 && !Starting.Contains(reason);
        var isNotReady = container.At("state", "running") is not null && !container.Flag("ready");
        if (!isCrashed && !isNotStarting && !isNotReady) return null;

        // A container that does its work and ends, as most of those before the others do, is no crash.
        if (isCrashed && container.At("state", "terminated") is { } now && now.Whole("exitCode") == 0) return null;
        return new PodProblem
        {
            Pod = pod.Name(),
            Hash = Hash(pod),
            Kind = isCrashed ? PodProblemKind.Crashed : isNotStarting ? PodProblemKind.NotStarting : PodProblemKind.NotReady,
            Container = container.Text("name") ?? "",
            Reason = reason,
            Message = waiting.Text("message") ?? "",
            ExitCode = end.Whole("exitCode"),
            ExitReason = end.Text("reason") ?? "",
            Restarts = restarts,
            EndedAt = KubernetesTime.Parse(end.Text("finishedAt")),
            IsReady = Condition(pod, "Ready").Text("status") == "True",
        };
    }

    private static PodProblem Whole(JsonObject pod, PodProblemKind kind, string? reason, string? message) =>
        new() { Pod = pod.Name(), Hash = Hash(pod), Kind = kind, Reason = reason ?? "", Message = message ?? "" };

    private static string Hash(JsonObject pod) => pod.Labels().GetValueOrDefault(Markers.PodHash, "");

    private static JsonObject? Condition(JsonObject pod, string type) => pod.Objects("status", "conditions").FirstOrDefault(c => c.Text("type") == type);
}
