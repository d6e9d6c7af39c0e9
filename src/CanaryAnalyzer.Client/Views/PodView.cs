using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>A pod, with the state that kubectl shows for it.</summary>
public sealed record PodView(string Name, string Status, ViewState State, DateTimeOffset? Created, string Ready, int Restarts)
    : ObjectView(Name, Status, State, Created)
{
    /// <summary>Reads a pod.</summary>
    public static PodView Of(JsonObject pod)
    {
        var (initial, initRestarts) = Initialising(pod);
        var containers = pod.Items("status", "containerStatuses").ToList();
        var ready = initial is null ? containers.Count(IsReady) : 0;
        var restarts = initial is null ? containers.Sum(RestartCount) : initRestarts;
        var status = Ending(pod) ?? initial ?? Running(pod, containers);
        var all = pod.Items("spec", "containers").Count();
        return new PodView(
            NameOf(pod), status, ViewStates.OfPod(status), CreationOf(pod), string.Create(CultureInfo.InvariantCulture, $"{ready}/{all}"), restarts);
    }

    private static string? Ending(JsonObject pod) => pod.At("metadata", "deletionTimestamp") is null ? null
        : pod.Text("status", "reason") == "NodeLost" ? "Unknown" : "Terminating";

    private static string Running(JsonObject pod, List<JsonNode> containers)
    {
        var status = pod.Text("status", "reason") ?? pod.Text("status", "phase") ?? "";

        // The first container that has something to say wins.
        foreach (var container in Enumerable.Reverse(containers))
            status = container.Text("state", "waiting", "reason") ?? Ended(container, "") ?? status;
        return status == "Completed" && containers.Exists(IsReady) ? "Running" : status;
    }

    private static (string? Status, int Restarts) Initialising(JsonObject pod)
    {
        var specs = pod.Items("spec", "initContainers").ToList();
        var restarts = 0;
        foreach (var (index, container) in pod.Items("status", "initContainerStatuses").Index())
        {
            restarts += RestartCount(container);
            if (container.Whole("state", "terminated", "exitCode") == 0)
                continue;
            if (IsStartedSidecar(specs, container))
                continue;
            var waiting = container.Text("state", "waiting", "reason");
            var status = Ended(container, "Init:")
                         ?? (waiting is null or "" or "PodInitializing"
                             ? string.Create(CultureInfo.InvariantCulture, $"Init:{index}/{specs.Count}")
                             : $"Init:{waiting}");
            return (status, restarts);
        }

        return (null, restarts);
    }

    private static bool IsStartedSidecar(List<JsonNode> specs, JsonNode container) =>
        container.Flag("started") && specs.Exists(spec => spec.Text("name") == container.Text("name") && spec.Text("restartPolicy") == "Always");

    private static string? Ended(JsonNode container, string prefix)
    {
        if (container.At("state", "terminated") is not { } end)
            return null;
        if (end.Text("reason") is { Length: > 0 } reason)
            return prefix + reason;
        return end.Whole("signal") is { } signal and not 0
            ? string.Create(CultureInfo.InvariantCulture, $"{prefix}Signal:{signal}")
            : string.Create(CultureInfo.InvariantCulture, $"{prefix}ExitCode:{end.Whole("exitCode")}");
    }

    private static bool IsReady(JsonNode container) => container.Flag("ready") && container.At("state", "running") is not null;

    private static int RestartCount(JsonNode container) => container.Whole("restartCount") ?? 0;
}
