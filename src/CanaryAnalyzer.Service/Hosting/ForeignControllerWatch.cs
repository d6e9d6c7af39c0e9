using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using CanaryAnalyzer.Service.Options;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>Knows which Rollouts are this controller's: by instance id, and unless an Argo Rollouts controller is at work on them.</summary>
internal sealed class ForeignControllerWatch(ForeignLease leases, ServiceOptions options, ControllerMetrics metrics, TimeProvider time, ILogger<ForeignControllerWatch> logger) : IOwnership
{
    private static readonly TimeSpan Distance = TimeSpan.FromSeconds(5);
    private static readonly ForeignHolder Unknown = new("unknown", "not read yet", IsKnown: false);
    private volatile ForeignHolder? holder = Unknown;
    private volatile ResourceException? failure;

    /// <summary>Why it is not known whether another controller is at work, so that nothing is reconciled; null where it is known, or was not asked yet.</summary>
    public string? Problem => ReferenceEquals(holder, Unknown) && failure is { } why ? Sentence(why) : null;

    public bool IsOurs(JsonObject resource) =>
        (resource["metadata"]?["labels"]?[Markers.InstanceId]?.GetValue<string>() ?? "") == options.InstanceId;

    public bool IsOurs(ImmutableSortedDictionary<string, string> labels) => labels.GetValueOrDefault(Markers.InstanceId, "") == options.InstanceId;

    public ForeignHolder? ForeignHolder() => holder;

    /// <summary>Looks once, so that nothing is done before it is known.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await FindAsync(cancellationToken);
            failure = null;
            Found(found is null ? null : new ForeignHolder(found.Holder, $"{found.Namespace}/{found.Lease}"));
        }
        catch (ResourceException exception)
        {
            // What was known stays: a server that is away for a moment changes nothing.
            if (failure?.Message != exception.Message) Log.LeasesUnreadable(logger, ReferenceEquals(holder, Unknown) ? Sentence(exception) : exception.Message);
            failure = exception;
        }

        metrics.Observing.Set(holder is null ? 0 : 1);
    }

    private void Found(ForeignHolder? next)
    {
        var before = holder;
        holder = next;
        if (next is not null && before?.Lease != next.Lease) Loop.Log.ForeignController(logger, next.Identity, next.Lease);
        if (next is null && before is not null && !ReferenceEquals(before, Unknown)) Loop.Log.ForeignControllerGone(logger, before.Identity, before.Lease);
    }

    private static string Sentence(ResourceException why) =>
        $"observing only, nothing is reconciled: cannot tell whether an Argo Rollouts controller is at work on the same Rollouts: {why.Message}"
        + (why.IsForbidden ? "; grant this user the verbs get and list on leases.coordination.k8s.io (deploy/base/cluster-role.yaml)" : "; will retry");

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
