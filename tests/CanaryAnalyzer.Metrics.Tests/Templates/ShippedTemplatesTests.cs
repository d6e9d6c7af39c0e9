using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Metrics.Tests.Compare;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Metrics.Tests.Templates;

/// <summary>Every template that the repository ships is valid, and tells a good version from a bad one on a real Prometheus.</summary>
public sealed class ShippedTemplatesTests(LivePrometheus live)
{
    private const string Folder = "analysis-templates";

    /// <summary>A shipped file, a canary, and what must come out.</summary>
    public static IEnumerable<TheoryDataRow<string, string, AnalysisPhase>> Cases() =>
    [
        new("aspnetcore-by-route", "good", AnalysisPhase.Successful), new("aspnetcore-by-route", "slow", AnalysisPhase.Failed),
        new("aspnetcore-error-rate", "good", AnalysisPhase.Successful), new("aspnetcore-error-rate", "bad", AnalysisPhase.Failed),
        new("aspnetcore-latency", "good", AnalysisPhase.Successful), new("aspnetcore-latency", "slow", AnalysisPhase.Failed),
        new("aspnetcore-slo", "good", AnalysisPhase.Successful), new("aspnetcore-slo", "bad", AnalysisPhase.Failed),
        new("prometheus-net-error-rate", "good", AnalysisPhase.Successful), new("prometheus-net-error-rate", "bad", AnalysisPhase.Failed),
        new("prometheus-net-latency", "good", AnalysisPhase.Successful), new("prometheus-net-latency", "slow", AnalysisPhase.Failed),
        new("prometheus-success-rate", "good", AnalysisPhase.Successful), new("prometheus-success-rate", "bad", AnalysisPhase.Failed),
        new("prometheus-success-rate", "nobody", AnalysisPhase.Inconclusive),
    ];

    [Fact]
    public void Every_shipped_template_is_tried() =>
        Assert.Equal(Manifests.FilesBelow(Folder).Select(file => Path.GetFileNameWithoutExtension(file)), Cases().Select(row => row.Data.Item1).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Template_tells_good_from_bad(string template, string canary, AnalysisPhase expected)
    {
        var metric = Assert.Single(Plan(template, canary).Metrics).Spec;

        var phase = metric.Provider switch
        {
            CompareSpec compare => await CompareAsync(compare, canary),
            PrometheusSpec prometheus => await QueryAsync(prometheus, metric),
            _ => throw new InvalidOperationException(metric.Provider.ToString()),
        };

        Assert.Equal(expected, phase);
    }

    private static RunPlan Plan(string template, string canary)
    {
        var manifest = Assert.Single(Manifests.In($"{Folder}/{template}.yaml"));
        Assert.Equal(("AnalysisTemplate", template), ((string?)manifest["kind"], (string?)manifest["metadata"]!["name"]));
        var errors = new List<SpecError>();
        var spec = AnalysisTemplateSpec.TryRead(JsonSerializer.SerializeToElement(manifest["spec"]), "spec", errors);
        Assert.Empty(errors);

        // What a judged pause gives, and quick looks; each template takes what it declares. The plain limit lies between the good version (0.99) and the bad one (0.95).
        var given = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["namespace"] = "default", ["canary-pods"] = $"{canary}-.*", ["stable-pods"] = "stable-.*", ["canary-hash"] = Hash(canary), ["stable-hash"] = "1aaa",
            ["interval"] = "2s", ["min-duration"] = "10s", ["max-duration"] = "90s", ["warmup"] = "2s", ["window"] = "5s", ["least"] = "0.97",
            ["requests"] = "http_requests_received_total", ["code-label"] = "code",
        };
        var plan = RunPlan.Of(new AnalysisRunSpec { Metrics = spec!.Metrics, Args = [.. spec.Args.Select(one => ArgumentSpec.Of(one.Name, given.GetValueOrDefault(one.Name) ?? one.Value!))] });
        Assert.Equal("", plan.Problem);
        return plan;
    }

    private static string Hash(string canary) => canary switch { "good" => "2bbb", "bad" => "3ccc", "slow" => "4ddd", _ => "none" };

    private async Task<AnalysisPhase> CompareAsync(CompareSpec compare, string canary)
    {
        using var comparison = new Comparison(live.Server.Address);
        var request = Comparison.Request(canary);
        var arguments = request.Arguments.Add("canary-hash", Hash(canary)).Add("stable-hash", "1aaa");
        return (await comparison.RunAsync(live.Server, compare, request with { Arguments = arguments })).Phase;
    }

    private async Task<AnalysisPhase> QueryAsync(PrometheusSpec prometheus, MetricSpec metric)
    {
        using var clients = new PrometheusClients(TimeProvider.System);
        var provider = new PrometheusProvider(new PrometheusBackend(clients, new PrometheusDefaults(live.Server.Address), TimeProvider.System), TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        var value = Assert.IsType<ProviderAnswer.Answered>(await provider.MeasureAsync(prometheus, new MeasurementRequest { Now = now }, TestContext.Current.CancellationToken)).Value;
        return metric.Conditions.Judge(value.Result, now).Phase;
    }
}
