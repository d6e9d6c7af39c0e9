using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>That few queries a look give what many would, on a real Prometheus.</summary>
public sealed class LookQueriesTests(LivePrometheus live) : IDisposable
{
    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task Look_at_errors_and_latency_asks_twice_and_sees_what_it_would_see_by_asking_for_each()
    {
        await using var proxy = await CountingProxy.StartAsync(live.Server.Address);
        var start = new MeasurementRequest { Now = DateTimeOffset.UtcNow };

        var (joined, queries) = await LookAsync(proxy, start, end: "");
        var (separate, each) = await LookAsync(proxy, start, end: "$");

        var looks = 1 + JsonDocument.Parse(joined.Value!).RootElement.GetProperty("look").GetInt32();
        Assert.Equal((2 * looks, 6 * looks), (queries, each));
        Assert.True(Totals(joined, "canary").Requests > 0 && Totals(joined, "canary").Errors > 0 && Totals(joined, "stable", 1).Requests > 0);
        Assert.Equal(separate.Value, joined.Value);
        Assert.Equal((separate.Phase, separate.Message), (joined.Phase, joined.Message));

        // The judge's state names the settings, and so the expressions: of the same ones it is the same to the bit.
        proxy.TakesOneSideOnly = true;
        var (bySide, _) = await LookAsync(proxy, start, end: "");
        Assert.Equal((bySide.Value, bySide.Metadata["state"]), (joined.Value, joined.Metadata["state"]));
    }

    /// <summary>Takes the looks of some seconds.</summary>
    /// <param name="proxy">The server.</param>
    /// <param name="start">The beginning.</param>
    /// <param name="end">What expressions end with: the end of the text means the same to Prometheus, and keeps queries apart.</param>
    private async Task<(Measurement Measurement, int Queries)> LookAsync(CountingProxy proxy, MeasurementRequest start, string end)
    {
        var sides = $"\"canary\": \"pod=~\\\"good-[a-z0-9]{{1}}{end}\\\"\", \"stable\": \"pod=~\\\"stable-[a-z0-9]{{1}}{end}\\\"\", \"scrapeInterval\": \"1s\",";
        var measures = $"{ErrorMeasure}, {LatencyMeasure}".Replace("5..", $"5..{end}", StringComparison.Ordinal);
        var spec = Spec(proxy.Address, sides, measures) with { History = TimeSpan.Zero };
        var begun = await _comparison.MeasureAsync(spec, start);
        var now = begun.StartedAt.AddSeconds(8);
        Assert.True(await LivePrometheus.ReachesAsync(live.Server, now), "Prometheus has stopped scraping");
        proxy.Queries.Clear();
        var looked = await _comparison.MeasureAsync(spec, start with { Now = now, Previous = begun });
        return (looked, proxy.Queries.Count);
    }
}
