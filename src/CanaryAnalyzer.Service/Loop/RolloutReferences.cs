using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>The objects that a Rollout names, as keys of an index, so that a change of one finds its Rollouts at once.</summary>
internal static class RolloutReferences
{
    /// <summary>The key under which an object is named.</summary>
    public static string Key(ResourceType type, ResourceKey key) => $"{type.QualifiedName}/{key}";

    /// <summary>The keys of all objects that a Rollout names; a spec that cannot be read names none.</summary>
    public static IEnumerable<string> Of(CachedResource rollout)
    {
        var home = rollout.Key.Namespace;
        var spec = rollout.Json.At("spec");
        if (spec.Text("workloadRef", "name") is { } workload) yield return Key(ResourceType.Deployments, new ResourceKey(home, workload));
        foreach (var service in ServiceManagers.NamedBy(rollout.Json)) yield return Key(ResourceType.Services, new ResourceKey(home, service));
        foreach (var (type, key) in TrafficRouters.Objects(rollout.Json)) yield return Key(type, key);
    }
}
