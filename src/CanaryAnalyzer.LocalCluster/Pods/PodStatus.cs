using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;
using CanaryAnalyzer.LocalCluster.Workloads;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>Writes what a kubelet would say of a pod.</summary>
internal sealed class PodStatus(ObjectWriter writer, StoredObject pod, TimeProvider time)
{
    private JsonObject _lastEnd = [];

    public void Scheduled() => Write((status, now) =>
    {
        status.Default("startTime", now.Timestamp());
        status.Default("hostIP", "127.0.0.1");
        Conditions.Set(status, "PodScheduled", "True", "", "", now);
        Conditions.Set(status, "Initialized", "True", "", "", now);
        Ready(status, false, "ContainersNotReady", now);
        Containers(status, _ => Waiting("ContainerCreating", null), ready: false, 0);
    });

    /// <summary>An image that no registry has.</summary>
    public void NoSuchImage(string image) => Write((status, now) =>
    {
        Ready(status, false, "ContainersNotReady", now);
        Containers(status, name => Waiting(name == image ? "ErrImagePull" : "ContainerCreating", name == image
            ? $"the local cluster has no image \"{image}\": add it to its images file" : null), ready: false, 0);
    });

    public void Running(IPEndPoint endpoint, bool remapped, int restarts, bool ready)
    {
        if (remapped)
            writer.TryUpdate(BuiltInKinds.Pods, pod.Key, next => next.Ensure("metadata", "annotations")[PodAddress.Annotation] = endpoint.ToString());
        Write((status, now) =>
        {
            status["phase"] = "Running";
            status["podIP"] = endpoint.Address.ToString();
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = endpoint.Address.ToString() });
            Ready(status, ready, ready ? "" : "ContainersNotReady", now);
            Containers(status, _ => new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now.Timestamp() } }, ready, restarts);
        });
    }

    public void Crashed(int restarts) => Write((status, now) =>
    {
        _lastEnd = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 1, ["reason"] = "Error", ["finishedAt"] = now.Timestamp() } };
        Ready(status, false, "ContainersNotReady", now);
        Containers(status, _ => Waiting("CrashLoopBackOff", "the container exited with code 1 and is started again after a while"), ready: false, restarts);
    });

    private void Write(Action<JsonObject, DateTimeOffset> change) =>
        writer.TryUpdate(BuiltInKinds.Pods, pod.Key, next =>
        {
            if (next.TextAt("metadata", "uid") == pod.Uid)
                change(next.Ensure("status"), time.GetUtcNow());
        }, "status");

    private static void Ready(JsonObject status, bool ready, string reason, DateTimeOffset now)
    {
        foreach (var type in (string[])["Ready", "ContainersReady"])
            Conditions.Set(status, type, ready ? "True" : "False", reason, "", now);
    }

    private void Containers(JsonObject status, Func<string, JsonObject> state, bool ready, int restarts) => status["containerStatuses"] = new JsonArray(
    [
        .. pod.Json.ObjectsAt("spec", "containers").Select(c => new JsonObject
        {
            ["name"] = c.TextAt("name"), ["image"] = c.TextAt("image"), ["imageID"] = "", ["ready"] = ready, ["started"] = ready,
            ["restartCount"] = restarts, ["state"] = state(c.TextAt("image") ?? ""), ["lastState"] = _lastEnd.DeepClone(),
        }),
    ]);

    private static JsonObject Waiting(string reason, string? message)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (message is not null)
            waiting["message"] = message;
        return new JsonObject { ["waiting"] = waiting };
    }
}
