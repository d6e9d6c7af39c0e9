using System.Collections.Concurrent;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>
/// Sends a steady stream of requests through the gateway, without waiting for one before the next, and counts what came back by image: the truth
/// that the judge doesn't see.
/// </summary>
internal sealed class LoadGenerator : IAsyncDisposable
{
    private const int MostInFlight = 1_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentDictionary<string, TrafficCount> _byImage = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client;
    private readonly Uri _gateway;
    private readonly string _host;
    private readonly int _rate;
    private readonly Task _running;
    private int _inFlight;

    public LoadGenerator(Uri gateway, string host, int rate)
    {
        (_gateway, _host, _rate) = (gateway, host, rate);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 200 }) { Timeout = TimeSpan.FromSeconds(10) };
        _running = Task.Run(SendAsync);
    }

    /// <summary>By image; what the gateway itself refused stands under <c>gateway</c>.</summary>
    public IReadOnlyDictionary<string, TrafficCount> Counts => _byImage;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        var (began, sent) = (TimeProvider.System.GetTimestamp(), 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var due = (long)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * _rate);
                // After a pause of the machine the load goes on; it doesn't catch up in a burst.
                for (sent = Math.Max(sent, due - _rate); sent < due; sent++)
                {
                    if (Volatile.Read(ref _inFlight) < MostInFlight)
                        _ = RequestAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    private async Task RequestAsync()
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _gateway);
            request.Headers.Host = _host;
            using var answer = await _client.SendAsync(request, _stop.Token);
            var words = (await answer.Content.ReadAsStringAsync(_stop.Token)).Split(' ');
            // A pod says "hello from IMAGE in POD".
            var image = words is [_, "from", var name, ..] ? name : "gateway";
            _byImage.GetOrAdd(image, _ => new TrafficCount()).Add(!answer.IsSuccessStatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            if (!_stop.IsCancellationRequested)
                _byImage.GetOrAdd("gateway", _ => new TrafficCount()).Add(isError: true);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
