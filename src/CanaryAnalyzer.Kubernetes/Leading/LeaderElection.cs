using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>
/// One process among those with the same lease leads. Outlives an API server that is away: leadership ends when it can't be renewed, and is sought again.
/// Measures time by the machine's clock, since KubernetesClient's elector does.
/// </summary>
public sealed class LeaderElection(ClusterConnection connection, LeaderOptions options, ILogger<LeaderElection> logger)
{
    private volatile bool _isLeader;
    private volatile string? _leader;

    /// <summary>Whether this process leads.</summary>
    public bool IsLeader => _isLeader;

    /// <summary>The identity of who leads, as far as known.</summary>
    public string? Leader => _leader;

    /// <summary>
    /// Seeks leadership until cancelled, and runs <paramref name="lead"/> while it lasts; its token says when to stop. When cancelled itself, it waits for
    /// <paramref name="lead"/> to end, then gives the lease back so that another process needn't wait.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await RunTermAsync(lead, cancellationToken);
            try
            {
                await Task.Delay(options.RetryPeriod, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RunTermAsync(Func<CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        // The elector outlives the cancellation until the work has ended: nobody else may begin before that.
        using var electing = new CancellationTokenSource();
        using var leading = new CancellationTokenSource();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = Task.CompletedTask;
        using var elector = new LeaderElector(Configuration());
        elector.OnStartedLeading += () =>
        {
            _isLeader = true;
            Log.Leading(logger, options.Lease);
            work = Task.Run(() => LeadAsync(lead, waiting, leading.Token), CancellationToken.None);
        };
        elector.OnStoppedLeading += () =>
        {
            _isLeader = false;
            leading.Cancel();
        };
        elector.OnNewLeader += leader => _leader = leader;
        elector.OnError += exception => Log.LeaseFailed(logger, exception, options.Lease);

        var election = ElectAsync(elector, electing.Token);
        await Task.WhenAny(election, Task.Delay(Timeout.Infinite, waiting.Token));
        var held = _isLeader;
        await leading.CancelAsync();
        await waiting.CancelAsync();
        await work;
        await electing.CancelAsync();
        await election;
        _isLeader = false;
        if (held)
            await ReleaseAsync();
        if (work != Task.CompletedTask)
            Log.NoLongerLeading(logger, options.Lease);
    }

    private async Task LeadAsync(Func<CancellationToken, Task> lead, CancellationTokenSource ended, CancellationToken token)
    {
        try
        {
            await lead(token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Asked to.
        }
        catch (Exception exception)
        {
            // The election goes on; what the failure means is for the work itself to say.
            Log.WorkFailed(logger, exception);
        }

        // A leader that doesn't work must not keep others from it.
        await ended.CancelAsync();
    }

    private async Task ElectAsync(LeaderElector elector, CancellationToken cancellationToken)
    {
        try
        {
            await elector.RunUntilLeadershipLostAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to.
        }
        catch (Exception exception)
        {
            // The library throws whatever the network throws.
            Log.LeaseFailed(logger, exception, options.Lease);
        }
    }

    /// <summary>Gives the lease back, if it is still ours, as Kubernetes' own controllers do.</summary>
    private async Task ReleaseAsync()
    {
        var key = new ResourceKey(options.Namespace, options.Lease);
        try
        {
            using var limit = new CancellationTokenSource(options.RenewDeadline);
            var lease = await connection.Resources.GetAsync(ResourceType.Leases, key, limit.Token);
            if (lease?["spec"]?["holderIdentity"]?.GetValue<string>() != options.Identity)
                return;
            var now = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
            var patch = new JsonObject
            {
                ["metadata"] = new JsonObject { ["resourceVersion"] = lease["metadata"]!["resourceVersion"]!.DeepClone() },
                ["spec"] = new JsonObject { ["holderIdentity"] = "", ["leaseDurationSeconds"] = 1, ["renewTime"] = now },
            };
            await connection.Resources.MergePatchAsync(ResourceType.Leases, key, patch, subresource: null, limit.Token);
        }
        catch (Exception exception) when (exception is ResourceException or OperationCanceledException)
        {
            Log.NotReleased(logger, exception, options.Lease);
        }
    }

    private LeaderElectionConfig Configuration() =>
        new(new LeaseLock(connection.Kubernetes, options.Namespace, options.Lease, options.Identity))
        {
            LeaseDuration = options.LeaseDuration,
            RenewDeadline = options.RenewDeadline,
            RetryPeriod = options.RetryPeriod,
        };
}
