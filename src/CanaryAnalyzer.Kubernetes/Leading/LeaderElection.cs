extern alias elector;

using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using Microsoft.Extensions.Logging;
using elector::k8s.LeaderElection;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>
/// One process among those with the same lease leads. Outlives an API server that is away: leadership ends when it can't be renewed, and is sought again.
/// Measures time by the machine's clock, since KubernetesClient's elector does.
/// </summary>
public sealed class LeaderElection(ClusterConnection connection, LeaderOptions options, ILogger<LeaderElection> logger)
{
    private readonly LeadershipMonitor _monitor = new(options, logger);

    /// <summary>Who leads, or why nobody can.</summary>
    public Leadership State => _monitor.State;

    /// <summary>Whether this process leads.</summary>
    public bool IsLeader => State is Leadership.Leads;

    /// <summary>
    /// Seeks leadership until cancelled, and runs <paramref name="lead"/> while it lasts; its token says when to stop. When cancelled itself, it waits for
    /// <paramref name="lead"/> to end, then gives the lease back so that another process needn't wait.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        try
        {
            var inNamespace = await NamespaceAsync(cancellationToken);
            Log.Seeking(logger, $"{inNamespace}/{options.Lease}", options.Identity);
            while (true)
            {
                await RunTermAsync(lead, inNamespace, cancellationToken);
                await Task.Delay(options.RetryPeriod, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to.
        }
    }

    private async Task<string> NamespaceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return options.Namespace ?? await LeaseNamespace.FindAsync(connection.Resources, cancellationToken);
            }
            catch (ResourceException exception)
            {
                _monitor.Failed(new LeaseFailure("get", $"{LeaseNamespace.Installation}/{options.Lease}", exception.Status, exception.Message));
                await Task.Delay(options.RetryPeriod, cancellationToken);
            }
        }
    }

    private async Task RunTermAsync(Func<CancellationToken, Task> lead, string inNamespace, CancellationToken cancellationToken)
    {
        // The elector outlives the cancellation until the work has ended: nobody else may begin before that.
        using var electing = new CancellationTokenSource();
        using var leading = new CancellationTokenSource();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = Task.CompletedTask;
        using var elector = new LeaderElector(Configuration(inNamespace, spec =>
        {
            // The elector would lead on for the whole renew deadline beside a process that believes that it leads.
            if (_monitor.Found(spec)) leading.Cancel();
        }));
        elector.OnStartedLeading += () =>
        {
            _monitor.Leads();
            work = Task.Run(() => LeadAsync(lead, waiting, leading.Token), CancellationToken.None);
        };
        elector.OnStoppedLeading += () =>
        {
            _monitor.Ended();
            leading.Cancel();
        };

        var election = ElectAsync(elector, electing.Token);
        await Task.WhenAny(election, Task.Delay(Timeout.Infinite, waiting.Token));
        var held = IsLeader;
        await leading.CancelAsync();
        await waiting.CancelAsync();
        await work;
        await electing.CancelAsync();
        await election;
        if (held) await ReleaseAsync(inNamespace);
        _monitor.Ended();
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
            Log.ElectionFailed(logger, exception, options.Lease);
        }
    }

    /// <summary>Gives the lease back, if it is still ours, as Kubernetes' own controllers do.</summary>
    private async Task ReleaseAsync(string inNamespace)
    {
        var key = new ResourceKey(inNamespace, options.Lease);
        try
        {
            using var limit = new CancellationTokenSource(options.RenewDeadline);
            var lease = await connection.Resources.GetAsync(ResourceType.Leases, key, limit.Token);
            if (lease?["spec"]?["holderIdentity"]?.GetValue<string>() != options.Identity)
                return;
            var now = KubernetesTime.FormatMicro(DateTimeOffset.UtcNow);
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

    private LeaderElectionConfig Configuration(string inNamespace, Action<LeaderElectionRecord> found) =>
        new(new WatchedLeaseLock(connection.Resources, new ResourceKey(inNamespace, options.Lease), options.Identity, options.RenewDeadline / 2, found, _monitor.Failed))
        {
            LeaseDuration = options.LeaseDuration,
            RenewDeadline = options.RenewDeadline,
            RetryPeriod = options.RetryPeriod,
        };
}
