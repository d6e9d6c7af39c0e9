using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Options;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>Knows which Rollouts are this controller's: by instance id, and unless an Argo Rollouts controller is at work on them.</summary>
internal sealed class ForeignControllerWatch(ForeignLease leases, ServiceOptions options, TimeProvider time, ILogger<ForeignControllerWatch> logger) : IOwnership
{
    private static readonly TimeSpan Distance = TimeSpan.FromSeconds(5);
    private static readonly ForeignHolder Unknown = new("unknown", "not read yet", IsKnown: false);
    private volatile ForeignHolder? holder = Unknown;

    public bool IsOurs(JsonObject resource) =>
        (resource["metadata"]?["labels"]?[Markers.InstanceId]?.GetValue<string>() ?? "") == options.InstanceId;

    public ForeignHolder? ForeignHolder(string inNamespace) => holder;

    /// <summary>Looks once, so that nothing is done before it is known.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await FindAsync(cancellationToken);
            var next = found is null ? null : new ForeignHolder(found.Holder, $"{found.Namespace}/{found.Lease}");
            if (next is not null && holder?.Lease != next.Lease) Loop.Log.ForeignController(logger, next.Identity, next.Lease);
            holder = next;
        }
        catch (ResourceException exception)
        {
            // What was known stays: a server that is away for a moment changes nothing.
            Log.LeasesUnreadable(logger, exception.Message);
        }
    }

    // A controller for all namespaces holds its lease in one of its own; where only ours may be read, that one is asked.
    private async Task<ForeignLeader?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await leases.FindAsync(options.InstanceId, null, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsForbidden && options.Namespace is not null)
        {
            return await leases.FindAsync(options.InstanceId, [options.Namespace], cancellationToken);
        }
    }

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Distance, time);
        do await LookAsync(cancellationToken);
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
