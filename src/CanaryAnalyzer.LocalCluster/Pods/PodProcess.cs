using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>One pod from its start to its end: what a kubelet does for it.</summary>
internal sealed class PodProcess : IAsyncDisposable
{
    /// <summary>Change it on a running pod and it behaves otherwise at once.</summary>
    public const string BehaviourAnnotation = "canaryanalyzer.io/behaviour";

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    private readonly PodEnvironment _environment;
    private readonly StoredObject _pod;
    private readonly PodStatus _status;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile PodServer? _server;
    private volatile string _override;

    public PodProcess(PodEnvironment environment, StoredObject pod)
    {
        _environment = environment;
        _pod = pod;
        _status = new PodStatus(environment.Writer, pod, environment.Time);
        _override = Override(pod);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Takes over what changed on the running pod.</summary>
    public void See(StoredObject pod)
    {
        if (Override(pod) is var text && text != _override)
        {
            _override = text;
            if (_server is { } server)
                server.Behaviour = Behaviour();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            _status.Scheduled();
            if (_pod.Json.ObjectsAt("spec", "containers").Select(c => c.TextAt("image") ?? "").FirstOrDefault(i => _environment.Images.Find(i) is null) is { } unknown)
            {
                _environment.Events.Record(_pod, "Failed", $"Failed to pull image \"{unknown}\": the local cluster's images file has no such image", isWarning: true);
                _status.NoSuchImage(unknown);
                return;
            }

            var backOff = FirstBackOff;
            for (var restarts = 0; ; restarts++)
            {
                await RunOnceAsync(restarts);
                _status.Crashed(restarts + 1);
                _environment.Events.Record(_pod, "BackOff", "Back-off restarting failed container", isWarning: true);
                await Task.Delay(backOff, _environment.Time, _stop.Token);
                backOff *= 2;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The pod ends.
        }
        catch (IOException e)
        {
            _environment.Logs.Write(_pod.Uid, $"cannot listen: {e.Message}");
            _status.Crashed(0);
        }
    }

    private async Task RunOnceAsync(int restarts)
    {
        var behaviour = Behaviour();
        var port = PodAddress.Declared(_pod.Json) ?? behaviour.Port;
        var image = _pod.Json.ObjectsAt("spec", "containers").First().TextAt("image")!;
        await using var server = await PodServer.StartAsync(_pod.Key.Name, image, behaviour, _environment.Addresses.Take(port), _environment.Time, _stop.Token);
        _server = server;
        try
        {
            _environment.Logs.Write(_pod.Uid, $"{image} listens on http://{server.Endpoint}");
            _status.Running(server.Endpoint, server.Endpoint.Port != port, restarts, ready: false);
            await Task.Delay(behaviour.Start, _environment.Time, _stop.Token);
            _status.Running(server.Endpoint, server.Endpoint.Port != port, restarts, ready: true);
            await Task.Delay(behaviour.Crash ?? Timeout.InfiniteTimeSpan, _environment.Time, _stop.Token);
        }
        finally
        {
            _server = null;
        }
    }

    private Behaviour Behaviour()
    {
        var image = _environment.Images.Find(_pod.Json.ObjectsAt("spec", "containers").First().TextAt("image")) ?? new Behaviour();
        if (image.TryWith(_override, out var behaviour, out var problem))
        {
            if (_override.Length > 0)
                _environment.Logs.Write(_pod.Uid, $"behaves by its annotation: {_override}");
            return behaviour;
        }

        _environment.Logs.Write(_pod.Uid, $"annotation {BehaviourAnnotation}: {problem}");
        _environment.Events.Record(_pod, "InvalidBehaviour", problem, isWarning: true);
        return _server?.Behaviour ?? image;
    }

    private static string Override(StoredObject pod) => pod.Json.TextAt("metadata", "annotations", BehaviourAnnotation) ?? "";
}
