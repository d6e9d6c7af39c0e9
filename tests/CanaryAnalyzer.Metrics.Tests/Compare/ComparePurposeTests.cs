using CanaryAnalyzer.Core.Analysis.Runs;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>What ends a comparison in which kind of run.</summary>
public sealed class ComparePurposeTests(LivePrometheus live) : IDisposable
{
    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task Background_goes_on_until_it_is_terminated()
    {
        var spec = Spec(live.Server.Address, "\"maxDuration\": \"4s\",");
        var request = Request("good") with { Purpose = RunPurpose.Background };
        var measurement = await _comparison.MeasureAsync(spec, request);
        Assert.True(await LivePrometheus.ReachesAsync(live.Server, request.Now.AddSeconds(8)));

        measurement = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(8), Previous = measurement });
        Assert.Equal(AnalysisPhase.Running, measurement.Phase);
        measurement = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(8), Previous = measurement, Terminate = true });

        Assert.Equal(AnalysisPhase.Successful, measurement.Phase);
    }

    [Fact]
    public async Task Pause_looks_on_after_its_deadline()
    {
        var spec = Spec(live.Server.Address, "\"minDuration\": \"0s\", \"minRequests\": 1000000000,");
        var request = Request("good");
        request = request with { Purpose = RunPurpose.Pause, Deadline = request.Now.AddSeconds(2) };
        var measurement = await _comparison.MeasureAsync(spec, request);
        Assert.True(await LivePrometheus.ReachesAsync(live.Server, request.Now.AddSeconds(6)));

        measurement = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(6), Previous = measurement });

        Assert.Equal((AnalysisPhase.Running, "Inconclusive TooLittleTraffic"), (measurement.Phase, Verdict(measurement)));
        var early = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(6), Previous = measurement });
        Assert.Equal((measurement.Value, measurement.Message, measurement.Explanation), (early.Value, early.Message, early.Explanation));
        measurement = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(6), Previous = early, Terminate = true });
        Assert.Equal((AnalysisPhase.Inconclusive, "Inconclusive TooLittleTraffic"), (measurement.Phase, Verdict(measurement)));
        Assert.Equal(early.Message, measurement.Message);
    }

    [Fact]
    public async Task Pause_that_somebody_ends_says_what_its_last_look_came_to()
    {
        var spec = Spec(live.Server.Address, "\"minRequests\": 1000000000,");
        var request = Request("good");
        var measurement = await _comparison.MeasureAsync(spec, request);
        Assert.True(await LivePrometheus.ReachesAsync(live.Server, request.Now.AddSeconds(5)));
        measurement = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(5), Previous = measurement });
        Assert.Equal("Continue TooLittleTraffic", Verdict(measurement));

        measurement = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(5), Previous = measurement, Terminate = true });

        Assert.Equal((AnalysisPhase.Inconclusive, "Inconclusive TooLittleTraffic"), (measurement.Phase, Verdict(measurement)));
        Assert.StartsWith("undecided after", measurement.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("no data", measurement.Message, StringComparison.Ordinal);
    }
}
