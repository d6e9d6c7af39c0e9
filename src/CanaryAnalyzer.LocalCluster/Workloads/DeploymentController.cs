using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Makes a ReplicaSet for each template of a Deployment and moves the pods from the old to the new.</summary>
internal sealed class DeploymentController(ObjectWriter writer, ObjectRemover remover, EventRecorder events) : IController
{
    private const string HashLabel = "pod-template-hash";
    private const string Revision = "deployment.kubernetes.io/revision";
    private static readonly string[] NotCopied = ["kubectl.kubernetes.io/last-applied-configuration", Revision];

    public DateTimeOffset? Reconcile(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var deployment in writer.Store.List(BuiltInKinds.Deployments.Resource).Objects)
        {
            var due = deployment.IsTerminating ? null : Reconcile(deployment, now);
            if (due is not null && (next is null || due < next))
                next = due;
        }

        return next;
    }

    private DateTimeOffset? Reconcile(StoredObject deployment, DateTimeOffset now)
    {
        var sets = Sets(deployment);
        var current = sets.Find(s => SameTemplate(deployment, s));
        var paused = deployment.Json.FlagAt("spec", "paused");
        if (current is null && !paused)
        {
            Create(deployment, sets);
            sets = Sets(deployment);
            current = sets.Find(s => SameTemplate(deployment, s));
        }

        if (current is not null)
            SetRevision(deployment, sets, current);
        if (paused || sets.Count(s => Size(s) > 0) <= 1 && (current is null || sets.All(s => s == current || Size(s) == 0)))
            ScaleOnly(deployment, current ?? sets.Find(s => Size(s) > 0));
        else if (current is not null)
            Roll(deployment, sets, current);
        sets = Sets(deployment);
        current = sets.Find(s => SameTemplate(deployment, s));
        Clean(deployment, sets, current);
        return new DeploymentStatus(deployment, sets, current).Write(writer, now);
    }

    private List<StoredObject> Sets(StoredObject deployment) => [.. Ownership.Claim(writer, deployment, BuiltInKinds.ReplicaSets).Where(s => !s.IsTerminating)];

    private void Create(StoredObject deployment, List<StoredObject> sets)
    {
        var template = deployment.Json.ObjectAt("spec", "template")!.Copy();
        var collisions = deployment.Json.CountAt("status", "collisionCount");
        var hash = ObjectMetadata.SafeHash(JsonSerializer.SerializeToUtf8Bytes(template).AsSpan());
        if (collisions > 0)
            hash = ObjectMetadata.SafeHash(JsonSerializer.SerializeToUtf8Bytes($"{hash}{collisions}"));
        template.Ensure("metadata", "labels")[HashLabel] = hash;
        var annotations = new JsonObject { [Revision] = NextRevision(sets).ToString(CultureInfo.InvariantCulture) };
        foreach (var (name, value) in deployment.Json.ObjectAt("metadata", "annotations") ?? [])
        {
            if (!NotCopied.Contains(name))
                annotations[name] = value?.DeepClone();
        }

        var selector = deployment.Json.ObjectAt("spec", "selector")!.Copy();
        selector.Ensure("matchLabels")[HashLabel] = hash;
        var spec = new JsonObject { ["replicas"] = 0, ["selector"] = selector, ["template"] = template };
        ReplicaSetController.Put(spec, "minReadySeconds", deployment.Json.CountAt("spec", "minReadySeconds"));
        writer.Create(BuiltInKinds.ReplicaSets, deployment.Key.Namespace, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Key.Name}-{hash}", ["labels"] = template.At("metadata", "labels")!.DeepClone(),
                ["annotations"] = annotations, ["ownerReferences"] = new JsonArray(Ownership.Reference(deployment)),
            },
            ["spec"] = spec,
        }, WriteOptions.Controller);
    }

    /// <summary>The current ReplicaSet has the highest revision, also after a return to an older template.</summary>
    private void SetRevision(StoredObject deployment, List<StoredObject> sets, StoredObject current)
    {
        var highest = sets.Where(s => s != current).Select(RevisionOf).DefaultIfEmpty(0).Max();
        var revision = Math.Max(RevisionOf(current), highest + 1).ToString(CultureInfo.InvariantCulture);
        writer.TryUpdate(BuiltInKinds.ReplicaSets, current.Key, next =>
        {
            next.Ensure("metadata", "annotations")[Revision] = revision;
            ReplicaSetController.Put(next.Ensure("spec"), "minReadySeconds", deployment.Json.CountAt("spec", "minReadySeconds"));
        });
        writer.TryUpdate(BuiltInKinds.Deployments, deployment.Key, next => next.Ensure("metadata", "annotations")[Revision] = revision);
    }

    private void ScaleOnly(StoredObject deployment, StoredObject? set)
    {
        if (set is not null)
            Resize(deployment, set, deployment.Json.CountAt("spec", "replicas"));
    }

    private void Roll(StoredObject deployment, List<StoredObject> sets, StoredObject current)
    {
        var wanted = deployment.Json.CountAt("spec", "replicas");
        var (surge, unavailable) = RollingUpdate.Bounds(deployment.Json);
        // Pods that never became available go first.
        var old = sets.Where(s => s != current && (Size(s) > 0 || s.Json.CountAt("status", "replicas") > 0))
            .OrderBy(s => Size(s) <= s.Json.CountAt("status", "availableReplicas")).ThenBy(RevisionOf).ToList();
        var total = Size(current) + old.Sum(Size);
        if (deployment.Json.TextAt("spec", "strategy", "type") == "Recreate" && old.Exists(s => s.Json.CountAt("status", "replicas") > 0))
        {
            old.ForEach(s => Resize(deployment, s, 0));
            return;
        }

        var size = RollingUpdate.Grown(wanted, Size(current), total, surge);
        Resize(deployment, current, size);
        var removable = RollingUpdate.Removable(wanted, unavailable, old.Sum(Size) + size, size, current.Json.CountAt("status", "availableReplicas"));
        foreach (var set in old)
        {
            var less = Math.Min(Size(set), removable);
            Resize(deployment, set, Size(set) - less);
            removable -= less;
        }
    }

    private void Resize(StoredObject deployment, StoredObject set, int size)
    {
        if (Size(set) == size)
            return;
        writer.TryUpdate(BuiltInKinds.ReplicaSets, set.Key, next => next.Ensure("spec")["replicas"] = size);
        events.Record(deployment, "ScalingReplicaSet", $"Scaled {(size > Size(set) ? "up" : "down")} replica set {set.Key.Name} from {Size(set)} to {size}");
    }

    private void Clean(StoredObject deployment, List<StoredObject> sets, StoredObject? current)
    {
        var old = sets.Where(s => s != current && Size(s) == 0 && s.Json.CountAt("status", "replicas") == 0).OrderByDescending(RevisionOf);
        foreach (var set in old.Skip(deployment.Json.CountAt("spec", "revisionHistoryLimit")))
            remover.TryDelete(BuiltInKinds.ReplicaSets, set.Key);
    }

    private static int Size(StoredObject set) => set.Json.CountAt("spec", "replicas");

    private static long NextRevision(List<StoredObject> sets) => sets.Select(RevisionOf).DefaultIfEmpty(0).Max() + 1;

    private static long RevisionOf(StoredObject set) =>
        long.TryParse(set.Json.TextAt("metadata", "annotations", Revision), CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private static bool SameTemplate(StoredObject deployment, StoredObject set)
    {
        var template = set.Json.ObjectAt("spec", "template")!.Copy();
        template.ObjectAt("metadata", "labels")?.Remove(HashLabel);
        return JsonAccess.Same(template, deployment.Json.At("spec", "template"));
    }
}
