using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Metrics.Tests.Backends;

/// <summary>Counting on Prometheus 3, whose ranges are open on the left, and which has native histograms.</summary>
public sealed class Prometheus3CountingTests(Prometheus3CountingTests.Fixture fixture) : CountingConformance(fixture), IClassFixture<Prometheus3CountingTests.Fixture>
{
    [Fact]
    public async Task More_series_than_are_read_are_refused_before_they_are_written()
    {
        var at = Dataset.At(0);
        var series = Enumerable.Range(0, PrometheusBackend.MostSeries + 1).Select(i => WrittenSeries.Of($"__name__=many,id={i}", [(at.ToUnixTimeMilliseconds(), 1)]));
        await fixture.Server.WriteAsync(series, TestContext.Current.CancellationToken);
        using var clients = new PrometheusClients(TimeProvider.System);

        var reply = await new PrometheusBackend(clients, new PrometheusDefaults(fixture.Server.Address), TimeProvider.System)
            .QueryAsync(new PrometheusConnection(), "many[1m]", at, mustBeWhole: true, TestContext.Current.CancellationToken);

        var failed = Assert.IsType<PrometheusReply.Failed>(reply);
        Assert.Equal(ReplyFailure.TooLarge, failed.Kind);
        Assert.EndsWith("has more than 50000 series for this, which are not read: select fewer series", failed.Cause, StringComparison.Ordinal);
    }

    public sealed class Fixture() : BackendFixture(MetricBackend.Prometheus3);
}
