using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Options;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>
/// Whether this replica does its part: its caches are synced, and it leads, or stands by and could take over at once. One that can do neither is not ready, whatever
/// the reason: otherwise a Deployment would replace working replicas by it.
/// </summary>
internal sealed class Readiness(ClusterCaches caches, LeaderElection election, ForeignControllerWatch foreign, ServiceOptions options)
{
    private volatile bool hasSynced;

    /// <summary>Notes that everything that must be known has been read once.</summary>
    public void Synced() => hasSynced = true;

    /// <summary>Why it is not ready; null when it is.</summary>
    public string? Problem() => hasSynced ? NotLeading() ?? foreign.Problem : NotSynced();

    private string NotSynced()
    {
        var missing = caches.Required.Where(c => !c.Synced.IsCompleted).GroupBy(c => c.Failure?.Message ?? "no answer yet", c => c.Type.QualifiedName, StringComparer.Ordinal);
        return $"caches are not synced: {string.Join("; ", missing.Select(cause => $"{string.Join(", ", cause)}: {cause.Key}"))}";
    }

    private string? NotLeading() => !options.LeaderElect ? null : election.State switch
    {
        Leadership.Seeking => "seeking leadership: the Lease has not been read yet",
        Leadership.Fails fails => $"not leading: {fails.Failure}",
        _ => null,
    };
}
