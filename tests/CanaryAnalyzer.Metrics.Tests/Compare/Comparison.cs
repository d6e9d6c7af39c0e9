using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>Drives a comparison against a Prometheus as the run does: again at each instant that it names.</summary>
internal sealed class Comparison : IDisposable
{
    private const int MostCalls = 2000;

    private readonly PrometheusClients _clients = new(TimeProvider.System);
    private readonly IMetricProvider<CompareSpec> _provider;
    private int _calls;

    /// <param name="prometheus">The Prometheus for specs that name none.</param>
    public Comparison(Uri? prometheus = null) => _provider = new CompareProvider(new PrometheusBackend(_clients, new PrometheusDefaults(prometheus), TimeProvider.System), TimeProvider.System);

    public static CompareSpec Spec(Uri address, string fields = "", string measures = ErrorMeasure)
    {
        var errors = new List<SpecError>();
        var json = $$"""
            {"address": "{{address}}", "timeout": 1, "interval": "1s", "minDuration": "4s", "maxDuration": "20s", "history": "10s", {{fields}} "measures": [{{measures}}]}
            """;
        var spec = CompareSpec.TryParse(JsonDocument.Parse(json).RootElement, "", errors);
        Assert.Empty(errors);
        return spec!;
    }

    public const string ErrorMeasure =
        """{"name": "errors", "margin": {"ratio": 2, "absolute": "2%"}, "errorRate": {"requests": "http_requests_received_total{namespace=\"default\"}", "errors": "http_requests_received_total{namespace=\"default\",code=~\"5..\"}"}}""";

    public const string LatencyMeasure =
        """{"name": "latency", "warmup": "1s", "margin": {"ratio": 2, "absolute": "2%"}, "latency": {"histogram": "http_request_duration_seconds{namespace=\"default\"}"}}""";

    /// <summary>The arguments that a judged pause gives, for pods by name.</summary>
    public static ImmutableDictionary<string, string> Pods(string canary) =>
        ImmutableDictionary<string, string>.Empty.Add("canary-pods", canary + "-.*").Add("stable-pods", "stable-.*");

    /// <summary>A request that begins now.</summary>
    public static MeasurementRequest Request(string canary) => new() { Now = DateTimeOffset.UtcNow, Arguments = Pods(canary) };

    /// <summary>Asks once. Tests ask until the measurement has ended: one that never does must fail them, not hang them.</summary>
    public ValueTask<Measurement> MeasureAsync(CompareSpec spec, MeasurementRequest request)
    {
        Assert.True(++_calls <= MostCalls, $"no end after {MostCalls} looks: {request.Previous?.Message}");
        return _provider.CompareAsync(spec, request, TestContext.Current.CancellationToken);
    }

    /// <summary>Looks until the measurement ends; at each look all samples up to then are there.</summary>
    public async Task<Measurement> RunAsync(PrometheusServer server, CompareSpec spec, MeasurementRequest request, Action<int, Measurement>? afterLook = null)
    {
        var measurement = await MeasureAsync(spec, request);
        for (var look = 0; measurement.Phase == AnalysisPhase.Running; look++)
        {
            Assert.True(look < 200, $"no end after 200 looks: {measurement.Message}");
            var now = measurement.ResumeAt!.Value;
            Assert.True(await LivePrometheus.ReachesAsync(server, now), "Prometheus has stopped scraping");
            measurement = await MeasureAsync(spec, request with { Now = now, Previous = measurement });
            TestContext.Current.TestOutputHelper?.WriteLine($"{now:HH:mm:ss} {measurement.Message}");
            afterLook?.Invoke(look, measurement);
        }

        return measurement;
    }

    public static (long Requests, long Errors) Totals(Measurement measurement, string side, int measure = 0)
    {
        var totals = JsonDocument.Parse(measurement.Value!).RootElement.GetProperty("measures")[measure].GetProperty(side);
        return (totals.GetProperty("requests").GetInt64(), totals.GetProperty("errors").GetInt64());
    }

    public static string Verdict(Measurement measurement)
    {
        var value = JsonDocument.Parse(measurement.Value!).RootElement;
        return string.Create(CultureInfo.InvariantCulture, $"{value.GetProperty("verdict").GetString()} {value.GetProperty("reason").GetString()}");
    }

    public void Dispose() => _clients.Dispose();
}
