using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Backends;

/// <summary>Counting on VictoriaMetrics.</summary>
public sealed class VictoriaMetricsCountingTests(VictoriaMetricsCountingTests.Fixture fixture) : CountingConformance(fixture), IClassFixture<VictoriaMetricsCountingTests.Fixture>
{
    public sealed class Fixture() : BackendFixture(MetricBackend.VictoriaMetrics);
}
