using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>The node: starts a process for each pod, and ends it, and then the pod, when the pod is deleted.</summary>
internal sealed class PodRunner : IAsyncDisposable
{
    /// <summary>The gateway learns first that a pod goes, so that no request meets a closed door.</summary>
    private static readonly TimeSpan BeforeStop = TimeSpan.FromMilliseconds(500);

    private readonly PodEnvironment _environment;
    private readonly Dictionary<string, PodProcess> _processes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _endings = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public PodRunner(PodEnvironment environment)
    {
        _environment = environment;
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await Task.WhenAll(_endings.Values);
        await Task.WhenAll(_processes.Values.Select(p => p.DisposeAsync().AsTask()));
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var (now, changes) = _environment.Writer.Store.ListAndWatch(BuiltInKinds.Pods.Resource);
        using var watch = changes;
        foreach (var pod in now.Objects)
            See(pod);
        try
        {
            while (await watch.Changes.WaitToReadAsync(_stop.Token))
            {
                while (watch.Changes.TryRead(out var change))
                    See(change);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The cluster ends.
        }
    }

    private void See(StoreChange change)
    {
        if (change.After is { } pod)
            See(pod);
        else
            End(change.Last, remove: false);
    }

    private void See(StoredObject pod)
    {
        if (pod.IsTerminating)
            End(pod, remove: true);
        else if (_processes.TryGetValue(pod.Uid, out var process))
            process.See(pod);
        else
            _processes[pod.Uid] = new PodProcess(_environment, pod);
    }

    private void End(StoredObject pod, bool remove)
    {
        foreach (var done in _endings.Where(e => e.Value.IsCompleted).Select(e => e.Key).ToList())
            _endings.Remove(done);
        _processes.Remove(pod.Uid, out var process);
        // Its last finalizer may go long after its process.
        if (process is not null || (remove && !_endings.ContainsKey(pod.Uid)))
            _endings[pod.Uid] = EndAsync(pod, process, remove);
    }

    private async Task EndAsync(StoredObject pod, PodProcess? process, bool remove)
    {
        if (process is not null)
        {
            if (remove)
                await Task.Delay(BeforeStop, _environment.Time, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            await process.DisposeAsync();
        }

        _environment.Logs.Forget(pod.Uid);
        if (remove)
            _environment.Writer.Store.Change(pod.Key, current =>
                current?.Uid == pod.Uid && current.Json.ArrayAt("metadata", "finalizers") is not { Count: > 0 } ? null : current?.Json);
    }
}
