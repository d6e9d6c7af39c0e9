using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

public class LatencyUnitsTests
{
    [Theory]
    [InlineData("http_request_duration_seconds", LatencyUnit.Seconds)]
    [InlineData("istio_request_duration_milliseconds", LatencyUnit.Milliseconds)]
    [InlineData("http_server_duration_ms", LatencyUnit.Milliseconds)]
    [InlineData("apiserver_request_latencies_microseconds", LatencyUnit.Microseconds)]
    [InlineData("namespace:http_request_duration_seconds:sum", LatencyUnit.Seconds)]
    [InlineData("http.server.request.duration.ms", LatencyUnit.Milliseconds)]
    [InlineData("envoy_cluster_upstream_rq_time", LatencyUnit.Unknown)]
    [InlineData("seconds_since_start", LatencyUnit.Unknown)]
    [InlineData("requestms", LatencyUnit.Unknown)]
    [InlineData("seconds", LatencyUnit.Seconds)]
    public void Unit_is_what_a_name_ends_with(string metric, LatencyUnit unit) => Assert.Equal(unit, LatencyUnits.OfName(metric));

    [Theory]
    [InlineData("ms", LatencyUnit.Milliseconds)]
    [InlineData("s", LatencyUnit.Seconds)]
    [InlineData("Ms", null)]
    [InlineData("m", null)]
    public void Symbols_are_read(string symbol, LatencyUnit? unit) => Assert.Equal(unit, LatencyUnits.TryParse(symbol));
}
