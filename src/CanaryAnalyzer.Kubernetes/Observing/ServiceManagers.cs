using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Tells which Rollout manages a Service. The annotation alone does not: the Rollout may be gone, or name other Services by now.</summary>
public static class ServiceManagers
{
    /// <summary>The names of the Services that a Rollout points at its versions, whatever its strategy; none where its spec cannot be read.</summary>
    public static IEnumerable<string> NamedBy(JsonObject rollout)
    {
        var canary = rollout.At("spec", "strategy", "canary");
        var blueGreen = rollout.At("spec", "strategy", "blueGreen");
        string?[] names =
        [
            canary.Text("canaryService"), canary.Text("stableService"), canary.Text("pingPong", "pingService"), canary.Text("pingPong", "pongService"),
            blueGreen.Text("activeService"), blueGreen.Text("previewService"),
        ];
        return names.OfType<string>();
    }

    /// <summary>The Rollout that manages a Service: the annotation names it, it exists, and it names the Service; empty where there is none.</summary>
    public static string ManagerOf(JsonObject service, IClusterView view)
    {
        var name = service.Annotations().GetValueOrDefault(Markers.ManagedBy, "");
        if (name.Length == 0) return "";
        var rollout = view.Get(ResourceType.Rollouts, new ResourceKey(service.Namespace(), name));
        return rollout is not null && NamedBy(rollout).Contains(service.Name(), StringComparer.Ordinal) ? name : "";
    }

    /// <summary>
    /// Whether nobody manages a Service any more that a Rollout left pointed at a version. Not while pods of that version run that a deletion left behind: they
    /// serve, until they are adopted or go.
    /// </summary>
    public static bool IsAbandoned(JsonObject service, IClusterView view)
    {
        if (!service.Annotations().ContainsKey(Markers.ManagedBy) || ManagerOf(service, view).Length > 0) return false;
        return service.Text("spec", "selector", Markers.PodHash) is not { } hash
            || !view.WithoutController(ResourceType.ReplicaSets, service.Namespace()).Any(r => r.Labels().GetValueOrDefault(Markers.PodHash) == hash && IsServingOrphan(r));
    }

    private static bool IsServingOrphan(JsonObject set) =>
        !set.IsDeleting() && set.Whole("status", "availableReplicas") > 0;
}
