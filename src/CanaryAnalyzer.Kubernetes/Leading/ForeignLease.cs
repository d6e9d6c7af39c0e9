using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>Looks for a running Argo Rollouts controller by its lease: two controllers must never move one Rollout.</summary>
public sealed class ForeignLease(IResourceClient client, TimeProvider time)
{
    /// <summary>The name of Argo's lease, before the instance id.</summary>
    public const string ArgoLeaseName = "argo-rollouts-controller-lock";

    /// <summary>Finds a fresh lease of an Argo controller with this instance id; null if there is none.</summary>
    /// <param name="instanceId">The instance id; null or empty for none.</param>
    /// <param name="namespaces">Where to look; null for everywhere, which needs the right to list leases in all namespaces.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ResourceException">The leases couldn't be read.</exception>
    public async Task<ForeignLeader?> FindAsync(string? instanceId, IReadOnlyCollection<string>? namespaces, CancellationToken cancellationToken)
    {
        var name = Leases.Name(ArgoLeaseName, instanceId);
        if (namespaces is null)
        {
            var everywhere = await client.ListAsync(ResourceType.Leases, new ListOptions { FieldSelector = $"metadata.name={name}" }, cancellationToken);
            return everywhere.Items.Select(Read).OfType<ForeignLeader>().FirstOrDefault();
        }

        foreach (var inNamespace in namespaces)
        {
            var lease = await client.GetAsync(ResourceType.Leases, new ResourceKey(inNamespace, name), cancellationToken);
            if (lease is not null && Read(lease) is { } leader)
                return leader;
        }

        return null;
    }

    private ForeignLeader? Read(JsonObject lease)
    {
        var spec = lease["spec"];
        var holder = spec?["holderIdentity"]?.GetValue<string>();
        var renewed = spec?["renewTime"]?.GetValue<string>();
        if (string.IsNullOrEmpty(holder)
            || !DateTimeOffset.TryParse(renewed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since))
            return null;
        var until = since + TimeSpan.FromSeconds(spec?["leaseDurationSeconds"]?.GetValue<int>() ?? 0);
        return until > time.GetUtcNow()
            ? new ForeignLeader(lease["metadata"]!["namespace"]!.GetValue<string>(), lease["metadata"]!["name"]!.GetValue<string>(), holder, until)
            : null;
    }
}
