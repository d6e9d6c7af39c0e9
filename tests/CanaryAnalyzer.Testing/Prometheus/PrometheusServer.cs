using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CanaryAnalyzer.Testing.Prometheus;

/// <summary>A real Prometheus as a child process on a free port of the loopback, with data of its own that go when it goes.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private const int FirstPort = 21_000;
    private const int Ports = 9_000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    // Processes that run at once begin at different ones.
    private static int _lastPort = Environment.ProcessId * 61;

    private readonly ProcessStartInfo _start;
    private Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private PrometheusServer(ProcessStartInfo start, string folder, Uri address)
    {
        (_start, _process) = (start, Run(start));
        _folder = folder;
        Address = address;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
    }

    public Uri Address { get; }

    /// <summary>
    /// The binary: the one that <c>PROMETHEUS</c> names, else the one that deploy/tools/get-prometheus.sh keeps in its cache, else <c>prometheus</c> on the path; null
    /// where there is none.
    /// </summary>
    public static string? Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "prometheus"));
        return FirstOf([Environment.GetEnvironmentVariable("PROMETHEUS"), Cached("prometheus", "bin", "prometheus"), .. onPath]);
    }

    /// <summary>A backend's binary: for Prometheus 2 as <see cref="Find()"/>, else the one that deploy/tools/get-metric-backends.sh keeps in its cache; null where there is none.</summary>
    public static string? Find(MetricBackend backend) => backend switch
    {
        MetricBackend.Prometheus3 => FirstOf(Environment.GetEnvironmentVariable("PROMETHEUS3"), Cached("backends", "prometheus-3")),
        MetricBackend.VictoriaMetrics => FirstOf(Environment.GetEnvironmentVariable("VICTORIAMETRICS"), Cached("backends", "victoria-metrics")),
        _ => Find(),
    };

    private static string? FirstOf(params string?[] candidates) => candidates.FirstOrDefault(File.Exists);

    private static string Cached(params ReadOnlySpan<string> path)
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? "/tmp";
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : Path.Combine(home, ".cache");
        return Path.Combine([cache, "canary-analyzer", .. path]);
    }

    /// <summary>Starts the binary and waits until it is ready.</summary>
    /// <param name="binary">The path of a Prometheus.</param>
    /// <param name="configuration">prometheus.yml.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static Task<PrometheusServer> StartAsync(string binary, string configuration, CancellationToken cancellationToken) =>
        StartAsync(binary, configuration, FreePort(), cancellationToken);

    /// <summary>Starts the binary on a port that somebody knows already, and waits until it is ready.</summary>
    /// <param name="binary">The path of a Prometheus.</param>
    /// <param name="configuration">prometheus.yml.</param>
    /// <param name="port">A port of the loopback, as <see cref="FreePort"/> names one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<PrometheusServer> StartAsync(string binary, string configuration, int port, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("prometheus-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), configuration, cancellationToken);
        return await LaunchAsync(binary, folder, port, PrometheusArguments(folder, port), cancellationToken);
    }

    /// <summary>Starts a backend without anything to scrape: its samples are written by <see cref="WriteAsync"/>, at whatever times.</summary>
    /// <param name="backend">Which one.</param>
    /// <param name="binary">Its program.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<PrometheusServer> StartAsync(MetricBackend backend, string binary, CancellationToken cancellationToken)
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("prometheus-").FullName, FreePort());
        if (backend == MetricBackend.VictoriaMetrics)
        {
            return await LaunchAsync(
                binary,
                folder,
                port,
                [$"-storageDataPath={folder}/data", $"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=100y", "-loggerLevel=ERROR"],
                cancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), "storage: {tsdb: {out_of_order_time_window: 6h}}\n", cancellationToken);
        return await LaunchAsync(binary, folder, port, [.. PrometheusArguments(folder, port), "--web.enable-remote-write-receiver", "--enable-feature=native-histograms"], cancellationToken);
    }

    /// <summary>Writes samples, and returns when queries see them.</summary>
    public async Task WriteAsync(IEnumerable<WrittenSeries> series, CancellationToken cancellationToken)
    {
        WrittenSeries[] all = [.. series];
        using var body = new ByteArrayContent(RemoteWrite.Encode(all));
        body.Headers.Add("Content-Encoding", "snappy");
        body.Headers.Add("Content-Type", "application/x-protobuf");
        using var response = await _http.PostAsync(new Uri("/api/v1/write", UriKind.Relative), body, cancellationToken);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");

        // VictoriaMetrics keeps new samples to itself for a moment; Prometheus doesn't know this address, and doesn't need it.
        using var flushed = await _http.GetAsync(new Uri("/internal/force_flush", UriKind.Relative), cancellationToken);
        if (!flushed.IsSuccessStatusCode) return;
        foreach (var one in all)
        {
            if (!await BecomesAsync(token => ShowsAsync(one, token), StartLimit, cancellationToken)) throw new InvalidOperationException($"{string.Join(',', one.Labels)} is not seen after it was written");
        }
    }

    /// <summary>Whether a query sees what was written of a series.</summary>
    private async Task<bool> ShowsAsync(WrittenSeries written, CancellationToken cancellationToken)
    {
        if (written.Samples.FirstOrDefault(sample => !double.IsNaN(sample.Value)) is not { At: > 0 } sample) return true;
        var labels = string.Join(',', written.Labels.Select(label => $"{label.Key}=\"{label.Value}\""));
        return await FindsAsync(string.Create(CultureInfo.InvariantCulture, $"count_over_time({{{labels}}}[10s] @ {(sample.At / 1000) + 1})"), cancellationToken);
    }

    private static string[] PrometheusArguments(string folder, int port) =>
        [$"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"];

    private static async Task<PrometheusServer> LaunchAsync(string binary, string folder, int port, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(binary) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var server = new PrometheusServer(start, folder, new Uri($"http://127.0.0.1:{port}"));
        if (await server.BecomesAsync(server.IsReadyAsync, StartLimit, cancellationToken)) return server;
        await server.DisposeAsync();
        throw new InvalidOperationException($"{binary} was not ready within {StartLimit.TotalSeconds} s");
    }

    private static Process Run(ProcessStartInfo start)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start");
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Asks again and again until a condition of the process holds, or the limit is over.</summary>
    public async Task<bool> BecomesAsync(Func<CancellationToken, Task<bool>> condition, TimeSpan limit, CancellationToken cancellationToken)
    {
        var until = Stopwatch.StartNew();
        while (until.Elapsed < limit && !_process.HasExited)
        {
            if (await condition(cancellationToken)) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        return false;
    }

    /// <summary>Whether a query has a result that isn't empty.</summary>
    public async Task<bool> FindsAsync(string query, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([new("query", query), new("nocache", "1")]);
        using var response = await _http.PostAsync(new Uri("/api/v1/query", UriKind.Relative), form, cancellationToken);
        return (await response.Content.ReadAsStringAsync(cancellationToken)).Contains("\"value\":", StringComparison.Ordinal);
    }

    /// <summary>Holds the process still: it keeps its connections and answers nothing.</summary>
    public Task HangAsync(CancellationToken cancellationToken) => SignalAsync("-STOP", cancellationToken);

    /// <summary>Lets the process go on.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => SignalAsync("-CONT", cancellationToken);

    /// <summary>Kills the process and starts it again on the same port with the data that it had, as after a crash; returns when it is ready.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        _process = Run(_start);
        if (!await BecomesAsync(IsReadyAsync, StartLimit, cancellationToken)) throw new InvalidOperationException($"{_start.FileName} was not ready again within {StartLimit.TotalSeconds} s");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EndAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>
    /// A port of the loopback that nobody listens on now, and that this process names to nobody else. It lies below those from which connections begin: one that is
    /// asked again and again while nobody listens on it would else be taken by one of them, even by the asker's own.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (int)((uint)Interlocked.Increment(ref _lastPort) % Ports);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one.
            }
        }
    }
}
