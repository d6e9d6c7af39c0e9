using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads a Service.</summary>
internal static class ServiceReader
{
    public static ServiceObservation? Read(JsonObject? resource, IClusterView view)
    {
        if (resource is null) return null;
        var selector = resource.Texts("spec", "selector");
        return new ServiceObservation(
            resource.Name(), selector.GetValueOrDefault(Markers.PodHash, ""), ServiceManagers.ManagerOf(resource, view), selector);
    }
}
