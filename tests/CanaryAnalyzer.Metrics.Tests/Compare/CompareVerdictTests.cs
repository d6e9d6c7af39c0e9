using CanaryAnalyzer.Core.Analysis.Runs;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>Verdicts on versions that are better or worse, on a real Prometheus that scrapes each second.</summary>
public sealed class CompareVerdictTests(LivePrometheus live) : IDisposable
{
    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task Error_regression_is_found_with_true_numbers()
    {
        var spec = Spec(live.Server.Address);

        var end = await _comparison.RunAsync(live.Server, spec, Request("bad"));

        Assert.Equal((AnalysisPhase.Failed, "Rollback HarmShown"), (end.Phase, Verdict(end)));
        Assert.Matches("^rolled back at look [0-9]+: errors [0-9.]+% ", end.Message);
        Assert.NotNull(end.FinishedAt);
        var (requests, errors) = Totals(end, "canary");
        var truth = live.Exporter.Truth("bad-0");
        Assert.InRange(requests, 1, truth.Requests);
        Assert.InRange((double)errors / requests, 0.03, 0.07);
        Assert.InRange((double)Totals(end, "stable").Requests / requests, 4.5, 6.5);
    }

    [Fact]
    public async Task Slow_pod_beside_one_that_is_as_ever_is_named()
    {
        var end = await _comparison.RunAsync(live.Server, Spec(live.Server.Address, measures: LatencyMeasure), Request("(good|slow)"));

        Assert.Matches("latency: pod default/slow-0 has [0-9]+ of the canary's [0-9]+ requests over [0-9]+ms", end.Message);
        Assert.DoesNotContain("pod default/good-0", end.Message, StringComparison.Ordinal);
        Assert.Contains("\"slowFrom\": 0.", end.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_version_is_promoted_after_its_minimal_duration()
    {
        var spec = Spec(live.Server.Address, measures: $"{ErrorMeasure}, {LatencyMeasure}");

        var end = await _comparison.RunAsync(live.Server, spec, Request("good"));

        Assert.Equal((AnalysisPhase.Successful, "Promote Safe"), (end.Phase, Verdict(end)));
        Assert.True(end.FinishedAt - end.StartedAt >= spec.MinDuration);
        Assert.Equal(3, end.Metadata["queries"].Split('\n').Count(query => query.Contains("pod=~\"good-.*\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Latency_regression_is_found()
    {
        var end = await _comparison.RunAsync(live.Server, Spec(live.Server.Address, measures: $"{ErrorMeasure}, {LatencyMeasure}"), Request("slow"));

        Assert.Equal((AnalysisPhase.Failed, "Rollback HarmShown"), (end.Phase, Verdict(end)));
        Assert.Matches("^rolled back at look [0-9]+: latency ", end.Message);
    }
}
