using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Runs the controllers, one after the other, after every change that can concern them.</summary>
internal sealed class ControlLoop : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly HashSet<string> Unconcerned = new(StringComparer.Ordinal) { "events", "leases.coordination.k8s.io", "configmaps", "secrets" };
    private readonly IObjectStore _store;
    private readonly IReadOnlyList<IController> _controllers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ControlLoop(IObjectStore store, IReadOnlyList<IController> controllers, TimeProvider time, ILogger<ControlLoop> logger)
    {
        (_store, _controllers, _time, _logger) = (store, controllers, time, logger);
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var (_, changes) = _store.ListAndWatch(null);
        using var watch = changes;
        try
        {
            while (true)
            {
                var next = Pass();
                await WaitAsync(watch, next);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The cluster ends.
        }
    }

    private DateTimeOffset? Pass()
    {
        DateTimeOffset? next = null;
        foreach (var controller in _controllers)
        {
            try
            {
                next = Earlier(next, controller.Reconcile(_time.GetUtcNow()));
            }
            catch (Exception e) when (e is ApiException or InvalidOperationException or FormatException or ArgumentException)
            {
                Log.PassFailed(_logger, e, controller.GetType().Name);
                next = Earlier(next, _time.GetUtcNow() + AfterFailure);
            }
        }

        return next;
    }

    /// <summary>Until a change that can concern a controller, or the instant.</summary>
    private async Task WaitAsync(IStoreWatch watch, DateTimeOffset? until)
    {
        using var timeUp = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var left = until - _time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            left = TimeSpan.FromMilliseconds(1);
        await using var timer = _time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), timeUp, left ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            var concerns = false;
            while (!concerns)
            {
                await watch.Changes.WaitToReadAsync(timeUp.Token);
                while (watch.Changes.TryRead(out var change))
                    concerns |= !Unconcerned.Contains(change.Key.Resource) || change.Last.IsTerminating || change.After is null;
            }
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            // The instant has come.
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || (other is not null && other < one) ? other : one;
}
