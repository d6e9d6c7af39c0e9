using System.Globalization;
using System.Text;
using CanaryAnalyzer.Metrics.Tests.Prometheus;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>Serves the counters of pods whose traffic is drawn from a fixed seed, whenever it is scraped.</summary>
internal sealed class TrafficExporter : IAsyncDisposable
{
    private static readonly double[] Bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
    private readonly Lock _lock = new();
    private readonly System.Random _random = new(7);
    private readonly List<Pod> _pods;
    private StubBackend? _server;
    private DateTimeOffset _last = DateTimeOffset.UtcNow;

    private TrafficExporter(IEnumerable<Pod> pods) => _pods = [.. pods];

    public Uri Address => _server!.Address;

    public static async Task<TrafficExporter> StartAsync(params Pod[] pods)
    {
        var exporter = new TrafficExporter(pods);
        exporter._server = await StubBackend.StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4";
            await context.Response.WriteAsync(exporter.Scrape());
        });
        return exporter;
    }

    /// <summary>Makes a pod begin anew, its counters at 0.</summary>
    public void Restart(string pod)
    {
        lock (_lock) _pods.Single(one => one.Name == pod).Restart();
    }

    /// <summary>What a pod really did, restarts included.</summary>
    public (long Requests, long Errors) Truth(string pod)
    {
        lock (_lock)
        {
            var one = _pods.Single(one => one.Name == pod);
            return (one.TrueRequests, one.TrueErrors);
        }
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private string Scrape()
    {
        lock (_lock)
        {
            var now = DateTimeOffset.UtcNow;
            foreach (var pod in _pods) pod.Serve((now - _last).TotalSeconds, _random, Bounds);
            _last = now;
            var text = new StringBuilder("# TYPE http_requests_received_total counter\n");
            foreach (var pod in _pods)
            {
                var labels = $"namespace=\"default\",pod=\"{pod.Name}\"{(pod.Hash is null ? "" : $",rollouts_pod_template_hash=\"{pod.Hash}\"")}";
                text.Append(CultureInfo.InvariantCulture, $"http_requests_received_total{{{labels},code=\"200\"}} {pod.Requests - pod.Errors}\n");
                if (pod.Errors > 0) text.Append(CultureInfo.InvariantCulture, $"http_requests_received_total{{{labels},code=\"500\"}} {pod.Errors}\n");
                text.Append(CultureInfo.InvariantCulture, $"http_server_request_duration_seconds_count{{{labels},http_response_status_code=\"200\"}} {pod.Requests - pod.Errors}\n");
                if (pod.Errors > 0) text.Append(CultureInfo.InvariantCulture, $"http_server_request_duration_seconds_count{{{labels},http_response_status_code=\"500\"}} {pod.Errors}\n");
                AppendBuckets(text, pod, $"http_request_duration_seconds_bucket{{{labels},code=\"200\"");
                AppendBuckets(text, pod, $"http_server_request_duration_seconds_bucket{{{labels},http_response_status_code=\"200\"");
            }

            return text.ToString();
        }
    }

    private static void AppendBuckets(StringBuilder text, Pod pod, string series)
    {
        long sum = 0;
        for (var i = 0; i <= Bounds.Length; i++)
        {
            sum += pod.Buckets[i];
            var bound = i < Bounds.Length ? Bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{series},le=\"{bound}\"}} {sum}\n");
        }
    }

    internal sealed class Pod(string name, double rate, double errorShare, string? hash = null, double slower = 1)
    {
        public string Name => name;

        public string? Hash => hash;

        public long Requests { get; private set; }

        public long Errors { get; private set; }

        public long TrueRequests { get; private set; }

        public long TrueErrors { get; private set; }

        public long[] Buckets { get; private set; } = new long[Bounds.Length + 1];

        public void Restart() => (Requests, Errors, Buckets) = (0, 0, new long[Bounds.Length + 1]);

        public void Serve(double seconds, System.Random random, double[] bounds)
        {
            var requests = (long)(rate * seconds);
            for (var i = 0; i < requests; i++)
            {
                Requests++;
                TrueRequests++;
                if (random.NextDouble() < errorShare)
                {
                    Errors++;
                    TrueErrors++;
                }

                var took = slower * 0.05 * Math.Exp(0.6 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
                var bucket = Array.FindIndex(bounds, bound => took <= bound);
                Buckets[bucket < 0 ? bounds.Length : bucket]++;
            }
        }
    }
}
