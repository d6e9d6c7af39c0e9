using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>The status of a Deployment, from its ReplicaSets.</summary>
internal sealed class DeploymentStatus(StoredObject deployment, List<StoredObject> sets, StoredObject? current)
{
    /// <summary>Writes it; returns when the progress deadline ends, if that is still to come.</summary>
    public DateTimeOffset? Write(ObjectWriter writer, DateTimeOffset now)
    {
        DateTimeOffset? deadline = null;
        writer.TryUpdate(BuiltInKinds.Deployments, deployment.Key, next =>
        {
            var status = next.Ensure("status");
            var before = status.Copy();
            Count(status);
            status["observedGeneration"] = deployment.Json.NumberAt("metadata", "generation");
            deadline = Conclude(status, before, now);
        }, "status");
        return deadline;
    }

    private int Wanted => deployment.Json.CountAt("spec", "replicas");

    private void Count(JsonObject status)
    {
        var available = Sum("availableReplicas");
        ReplicaSetController.Put(status, "replicas", Sum("replicas"));
        ReplicaSetController.Put(status, "updatedReplicas", current?.Json.CountAt("status", "replicas") ?? 0);
        ReplicaSetController.Put(status, "readyReplicas", Sum("readyReplicas"));
        ReplicaSetController.Put(status, "availableReplicas", available);
        ReplicaSetController.Put(status, "unavailableReplicas", Math.Max(0, sets.Sum(s => s.Json.CountAt("spec", "replicas")) - available));
    }

    private DateTimeOffset? Conclude(JsonObject status, JsonObject before, DateTimeOffset now)
    {
        var least = Wanted - RollingUpdate.Bounds(deployment.Json).Unavailable;
        var available = status.CountAt("availableReplicas") >= least;
        if (available)
            Set(status, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now);
        else
            Set(status, "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now);

        var name = current?.Key.Name ?? deployment.Key.Name;
        if (status.CountAt("updatedReplicas") == Wanted && status.CountAt("replicas") == Wanted && status.CountAt("availableReplicas") == Wanted)
        {
            Set(status, "Progressing", "True", "NewReplicaSetAvailable", $"ReplicaSet \"{name}\" has successfully progressed.", now);
            return null;
        }

        if (deployment.Json.FlagAt("spec", "paused"))
        {
            Set(status, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", now);
            return null;
        }

        var condition = Conditions.Find(status, "Progressing");
        var moved = condition.TextAt("reason") is null or "NewReplicaSetAvailable" or "DeploymentPaused"
            || before.CountAt("updatedReplicas") != status.CountAt("updatedReplicas") || before.CountAt("readyReplicas") < status.CountAt("readyReplicas")
            || before.CountAt("availableReplicas") < status.CountAt("availableReplicas") || before.CountAt("replicas") > status.CountAt("replicas");
        var since = moved ? now : condition.TimeAt("lastUpdateTime") ?? now;
        var deadline = since.AddSeconds(deployment.Json.CountAt("spec", "progressDeadlineSeconds"));
        if (now >= deadline)
        {
            Set(status, "Progressing", "False", "ProgressDeadlineExceeded", $"ReplicaSet \"{name}\" has timed out progressing.", now);
            return null;
        }

        if (moved)
            Set(status, "Progressing", "True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing.", now);
        return deadline;
    }

    private static void Set(JsonObject status, string type, string value, string reason, string message, DateTimeOffset now)
    {
        var condition = Conditions.Find(status, type);
        var same = condition.TextAt("status") == value && condition.TextAt("reason") == reason && condition.TextAt("message") == message;
        Conditions.Set(status, type, value, reason, message, now);
        if (!same || reason == "ReplicaSetUpdated")
            Conditions.Find(status, type)!["lastUpdateTime"] = now.Timestamp();
    }

    private int Sum(string count) => sets.Sum(s => s.Json.CountAt("status", count));
}
