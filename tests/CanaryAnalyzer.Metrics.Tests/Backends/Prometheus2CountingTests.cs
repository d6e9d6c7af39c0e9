using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Backends;

/// <summary>Counting on Prometheus 2, whose ranges include their first instant.</summary>
public sealed class Prometheus2CountingTests(Prometheus2CountingTests.Fixture fixture) : CountingConformance(fixture), IClassFixture<Prometheus2CountingTests.Fixture>
{
    public sealed class Fixture() : BackendFixture(MetricBackend.Prometheus2);
}
