using System.Text.Json.Nodes;
using CanaryAnalyzer.Client;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Everything around a Rollout, read once.</summary>
internal sealed class ClusterFacts
{
    private static readonly ResourceType[] OfNamespace =
    [
        ResourceType.AnalysisTemplates, ResourceType.PromotionPolicies, ResourceType.AnalysisRuns, ResourceType.ReplicaSets, ResourceType.Services, ResourceType.Pods,
    ];

    private ClusterFacts(JsonObject rollout, FixedView view, IReadOnlyList<string> unread)
    {
        Rollout = rollout;
        View = view;
        Unread = unread;
        Spec = RolloutReader.Read(rollout).Spec;
    }

    public JsonObject Rollout { get; }

    /// <summary>What it asks for; null where it can't be read.</summary>
    public RolloutSpec? Spec { get; }

    public FixedView View { get; }

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<string> Unread { get; }

    public string Name => Rollout.Text("metadata", "name") ?? "";

    public string Namespace => Rollout.Text("metadata", "namespace") ?? "";

    /// <summary>The hash of the stable version; empty before the first.</summary>
    public string StableHash => Rollout.Text("status", "stableRS") ?? "";

    /// <summary>The hash of the version under way; empty where no release is.</summary>
    public string CanaryHash => Rollout.Text("status", "currentPodHash") is { } current && current != StableHash ? current : "";

    /// <summary>Reads the cluster.</summary>
    /// <exception cref="ClientException">There is no such Rollout.</exception>
    public static async Task<ClusterFacts> ReadAsync(Cluster cluster, string name, CancellationToken cancellationToken)
    {
        var rollout = await cluster.Objects.GetRolloutAsync(name, cancellationToken);
        var found = new List<JsonObject> { rollout };
        var unread = new List<string>();
        foreach (var type in OfNamespace)
            found.AddRange(await ListAsync(cluster.Resources, type, cluster.Namespace, unread, cancellationToken));
        found.AddRange(await ListAsync(cluster.Resources, ResourceType.ClusterAnalysisTemplates, null, unread, cancellationToken));
        var wanted = new List<(ResourceType Type, ResourceKey Key)> { (ResourceType.Namespaces, new ResourceKey(null, cluster.Namespace)) };
        if (RolloutReader.Read(rollout).Spec is { } spec)
        {
            wanted.AddRange(TrafficRouters.Objects(rollout));
            if (spec.Workload is { } workload)
                wanted.Add((ResourceType.Deployments, new ResourceKey(cluster.Namespace, workload.Name)));
        }

        foreach (var (type, key) in wanted)
        {
            if (await GetAsync(cluster.Resources, type, key, unread, cancellationToken) is { } one)
                found.Add(one);
        }

        return new ClusterFacts(rollout, new FixedView(found), unread);
    }

    private static async Task<IReadOnlyList<JsonObject>> ListAsync(
        IResourceClient client, ResourceType type, string? inNamespace, List<string> unread, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.ListAsync(type, new ListOptions { Namespace = inNamespace }, cancellationToken)).Items;
        }
        catch (ResourceException failure) when (failure.IsNotFound || failure.IsForbidden)
        {
            if (failure.IsForbidden)
                unread.Add($"{type.QualifiedName} (you may not list them)");
            return [];
        }
    }

    private static async Task<JsonObject?> GetAsync(IResourceClient client, ResourceType type, ResourceKey key, List<string> unread, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject? found = null;
            foreach (var version in TrafficRouters.Versions(type))
                found ??= await client.GetAsync(version, key, cancellationToken);
            return found;
        }
        catch (ResourceException failure) when (failure.IsForbidden)
        {
            unread.Add($"{type.Kind} {key} (you may not get it)");
            return null;
        }
    }
}
