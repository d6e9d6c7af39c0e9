using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace CanaryAnalyzer.EndToEnd.Tests.RealData;

/// <summary>Judges a stretch of time that has passed, look after look, as the controller would have: it asks at the same instants and gets the same samples.</summary>
internal sealed class PastJudgement : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public PastJudgement(Uri prometheus) => services = new ServiceCollection().AddMetrics(new PrometheusDefaults(prometheus)).BuildServiceProvider();

    /// <summary>The measurement at its end.</summary>
    public async Task<Measurement> RunAsync(string comparison, DateTimeOffset from)
    {
        var errors = new List<SpecError>();
        var spec = CompareSpec.TryParse(JsonDocument.Parse(comparison).RootElement, "", errors);
        Assert.Empty(errors);
        var request = new MeasurementRequest { Now = from, Arguments = ImmutableDictionary<string, string>.Empty };
        var provider = services.GetRequiredService<IMetricProvider<CompareSpec>>();
        var measurement = await provider.CompareAsync(spec!, request, TestContext.Current.CancellationToken);
        for (var calls = 0; measurement.Phase == AnalysisPhase.Running; calls++)
        {
            Assert.True(calls < 200, $"no end: {measurement.Message}");
            measurement = await provider.CompareAsync(spec!, request with { Now = measurement.ResumeAt!.Value, Previous = measurement }, TestContext.Current.CancellationToken);
        }

        return measurement;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
