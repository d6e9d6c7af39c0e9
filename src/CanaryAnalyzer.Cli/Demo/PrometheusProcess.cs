using System.Net;
using System.Net.Sockets;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>A Prometheus of the demo's own, which scrapes the local cluster's pods every 2 seconds.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly GuardedProcess _process;

    private PrometheusProcess(GuardedProcess process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public Task<DemoFailure> DiedAsync(CancellationToken token) => _process.DiedAsync(token);

    /// <exception cref="DemoFailure">There is no such binary.</exception>
    public static string Find(DemoOptions options)
    {
        var named = options.Prometheus ?? Environment.GetEnvironmentVariable("PROMETHEUS") ?? "prometheus";
        var found = named.Contains('/', StringComparison.Ordinal) ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, named)).FirstOrDefault(File.Exists);
        return found is not null && File.Exists(found) ? found
            : throw new DemoFailure($"there is no Prometheus ({named}): run deploy/demo/run.sh, which fetches one, or set PROMETHEUS=/path/of/prometheus");
    }

    /// <exception cref="DemoFailure">A port in use, or no answer in time.</exception>
    public static async Task<PrometheusProcess> StartAsync(string binary, int wantedPort, DemoFolder folder, Uri targets, CancellationToken token)
    {
        if (wantedPort != 0 && IsInUse(wantedPort))
            throw new DemoFailure($"--prometheus-port: port {wantedPort} is in use");
        var port = wantedPort == 0 ? FreePort() : wantedPort;
        var configuration = folder.In("prometheus.yml");
        await File.WriteAllTextAsync(configuration, Configuration(targets), token);
        var process = GuardedProcess.Start(
            "prometheus", folder.In("prometheus.log"), binary,
            $"--config.file={configuration}", $"--storage.tsdb.path={folder.In("prometheus")}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn");
        var started = new PrometheusProcess(process, new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await started.ReadyAsync(token);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>The pods of <c>http_sd_configs</c>, labelled as a scrape of the role <c>pod</c> usually is.</summary>
    public static string Configuration(Uri targets) => $$"""
        global: {scrape_interval: 2s, scrape_timeout: 1s}
        scrape_configs:
        - job_name: pods
          http_sd_configs: [{url: "{{targets}}", refresh_interval: 1s}]
          relabel_configs:
          - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
          - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
          - {action: labelmap, regex: __meta_kubernetes_pod_label_(rollouts_pod_template_hash)}

        """;

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task ReadyAsync(CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(StartLimit);
        using var client = new HttpClient { BaseAddress = Url };
        try
        {
            while (!await IsReadyAsync(client, limit.Token))
            {
                if (_process.HasExited)
                    throw await _process.DiedAsync(token);
                await Task.Delay(100, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new DemoFailure($"Prometheus did not answer within {StartLimit.TotalSeconds} s; its log is {_process.Log}");
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken token)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/-/ready", UriKind.Relative), token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static bool IsInUse(int port)
    {
        try
        {
            using var socket = new TcpListener(IPAddress.Loopback, port);
            socket.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
