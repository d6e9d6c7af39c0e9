using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CanaryAnalyzer.Testing.Prometheus;

/// <summary>A real Prometheus as a child process on a free port of the loopback, with data of its own that go when it goes.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private PrometheusServer(Process process, string folder, Uri address)
    {
        _process = process;
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
        var home = Environment.GetEnvironmentVariable("HOME") ?? "/tmp";
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : Path.Combine(home, ".cache");
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "prometheus"));
        string?[] candidates = [Environment.GetEnvironmentVariable("PROMETHEUS"), Path.Combine(cache, "canary-analyzer", "prometheus", "bin", "prometheus"), .. onPath];
        return candidates.FirstOrDefault(File.Exists);
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
        var start = new ProcessStartInfo(binary) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error" })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{binary} does not start");
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new PrometheusServer(process, folder, new Uri($"http://127.0.0.1:{port}"));
        if (await server.BecomesAsync(server.IsReadyAsync, StartLimit, cancellationToken)) return server;
        await server.DisposeAsync();
        throw new InvalidOperationException($"{binary} was not ready within {StartLimit.TotalSeconds} s");
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
        using var form = new FormUrlEncodedContent([new("query", query)]);
        using var response = await _http.PostAsync(new Uri("/api/v1/query", UriKind.Relative), form, cancellationToken);
        return (await response.Content.ReadAsStringAsync(cancellationToken)).Contains("\"value\":", StringComparison.Ordinal);
    }

    /// <summary>Holds the process still: it keeps its connections and answers nothing.</summary>
    public Task HangAsync(CancellationToken cancellationToken) => SignalAsync("-STOP", cancellationToken);

    /// <summary>Lets the process go on.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => SignalAsync("-CONT", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
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
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>A port of the loopback that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
