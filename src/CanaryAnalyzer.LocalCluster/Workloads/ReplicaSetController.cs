using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Keeps as many pods as a ReplicaSet asks for, and counts them.</summary>
internal sealed class ReplicaSetController(ObjectWriter writer, ObjectRemover remover, EventRecorder events) : IController
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    public DateTimeOffset? Reconcile(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var set in writer.Store.List(BuiltInKinds.ReplicaSets.Resource).Objects)
        {
            var pods = Ownership.Claim(writer, set, BuiltInKinds.Pods).Where(IsActive).ToList();
            if (!set.IsTerminating)
                Scale(set, pods);
            pods = [.. Ownership.Claim(writer, set, BuiltInKinds.Pods).Where(IsActive)];
            var due = Count(set, pods, now);
            if (due is not null && (next is null || due < next))
                next = due;
        }

        return next;
    }

    private void Scale(StoredObject set, List<StoredObject> pods)
    {
        var missing = set.Json.CountAt("spec", "replicas") - pods.Count;
        for (; missing > 0; missing--)
        {
            var pod = writer.Create(BuiltInKinds.Pods, set.Key.Namespace, Pod(set), WriteOptions.Controller);
            events.Record(set, "SuccessfulCreate", $"Created pod: {pod.TextAt("metadata", "name")}");
        }

        foreach (var pod in pods.OrderBy(Standing).ThenByDescending(p => p.Json.TextAt("metadata", "creationTimestamp"), StringComparer.Ordinal).Take(Math.Max(0, -missing)))
        {
            remover.TryDelete(BuiltInKinds.Pods, pod.Key);
            events.Record(set, "SuccessfulDelete", $"Deleted pod: {pod.Key.Name}");
        }
    }

    /// <summary>Pods that are not ready go first, then those of lower deletion cost.</summary>
    private static (bool Ready, long Cost) Standing(StoredObject pod) =>
        (Conditions.IsTrue(pod.Json, "Ready"), long.TryParse(pod.Json.TextAt("metadata", "annotations", DeletionCost), System.Globalization.CultureInfo.InvariantCulture, out var cost) ? cost : 0);

    private DateTimeOffset? Count(StoredObject set, List<StoredObject> pods, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(set.Json.CountAt("spec", "minReadySeconds"));
        var ready = pods.Where(p => Conditions.IsTrue(p.Json, "Ready")).ToList();
        var availableAt = ready.Select(p => (Conditions.Find(p.Json["status"], "Ready").TimeAt("lastTransitionTime") ?? now) + wait).ToList();
        writer.TryUpdate(BuiltInKinds.ReplicaSets, set.Key, next =>
        {
            var status = next.Ensure("status");
            status["replicas"] = pods.Count;
            Put(status, "fullyLabeledReplicas", pods.Count);
            Put(status, "readyReplicas", ready.Count);
            Put(status, "availableReplicas", availableAt.Count(t => t <= now));
            status["observedGeneration"] = set.Json.NumberAt("metadata", "generation");
        }, "status");
        var later = availableAt.Where(t => t > now).ToList();
        return later.Count == 0 ? null : later.Min();
    }

    /// <summary>Go leaves counts of zero out.</summary>
    public static void Put(JsonObject status, string name, int count)
    {
        if (count == 0)
            status.Remove(name);
        else
            status[name] = count;
    }

    private static JsonObject Pod(StoredObject set)
    {
        var template = set.Json.ObjectAt("spec", "template")!;
        var metadata = new JsonObject { ["generateName"] = set.Key.Name + "-" };
        foreach (var name in (string[])["labels", "annotations", "finalizers"])
        {
            if (template.At("metadata", name) is { } value)
                metadata[name] = value.DeepClone();
        }

        metadata["ownerReferences"] = new JsonArray(Ownership.Reference(set));
        var spec = template.ObjectAt("spec")!.Copy();
        spec["nodeName"] = "local";
        return new JsonObject { ["metadata"] = metadata, ["spec"] = spec };
    }

    private static bool IsActive(StoredObject pod) => !pod.IsTerminating && pod.Json.TextAt("status", "phase") is not ("Failed" or "Succeeded");
}
