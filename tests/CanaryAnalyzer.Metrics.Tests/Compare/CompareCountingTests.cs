using CanaryAnalyzer.Core.Analysis.Runs;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>What is counted where pods restart, looks are missed and sides are told apart, on a real Prometheus.</summary>
public sealed class CompareCountingTests(LivePrometheus live) : IDisposable
{
    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task Restart_in_the_middle_loses_no_count_and_makes_no_verdict()
    {
        var restarted = false;
        var before = live.Server is null ? default : live.Exporter.Truth("restarting-0");

        var end = await _comparison.RunAsync(live.Server!, Spec(live.Server!.Address, "\"promote\": \"AtEnd\", \"maxDuration\": \"10s\","), Request("restarting"), (look, _) =>
        {
            if (look != 5) return;
            live.Exporter.Restart("restarting-0");
            restarted = true;
        });

        Assert.True(restarted);
        Assert.Equal(AnalysisPhase.Successful, end.Phase);
        var (requests, truth) = (Totals(end, "canary").Requests, live.Exporter.Truth("restarting-0").Requests - before.Requests);
        Assert.InRange(requests, 1500 * 8, truth);
    }

    [Fact]
    public async Task Looks_missed_in_a_downtime_give_the_same_numbers_later()
    {
        var spec = Spec(live.Server.Address, "\"promote\": \"AtEnd\",");
        var request = Request("good");

        var end = await _comparison.RunAsync(live.Server, spec, request);
        var later = await _comparison.MeasureAsync(spec, request);
        var calls = 0;
        for (; later.Phase == AnalysisPhase.Running; calls++) later = await _comparison.MeasureAsync(spec, request with { Now = end.FinishedAt!.Value, Previous = later });

        Assert.Equal(2, calls);
        Assert.Equal((end.Phase, end.Value, end.Metadata["state"]), (later.Phase, later.Value, later.Metadata["state"]));
    }

    [Fact]
    public async Task Sides_are_told_apart_by_the_pod_templates_hash_where_a_series_has_it()
    {
        var arguments = Pods("nothing").Add("canary-hash", "3ccc").Add("stable-hash", "1aaa");

        var end = await _comparison.RunAsync(live.Server, Spec(live.Server.Address), Request("bad") with { Arguments = arguments });

        Assert.Equal(AnalysisPhase.Failed, end.Phase);
        Assert.All(end.Metadata["queries"].Split('\n'), query => Assert.Contains("rollouts_pod_template_hash=~\"3ccc|1aaa\"", query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task State_of_other_settings_begins_the_evidence_anew_and_says_so()
    {
        var request = Request("good");
        var spec = Spec(live.Server.Address);
        var measurement = await _comparison.MeasureAsync(spec, request);
        Assert.True(await LivePrometheus.ReachesAsync(live.Server, request.Now.AddSeconds(4)));
        measurement = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(3), Previous = measurement });

        var changed = await _comparison.MeasureAsync(spec, request with { Now = request.Now.AddSeconds(4), Previous = measurement, Comparisons = 2 });

        Assert.StartsWith("the evidence begins anew: The saved state is of other settings", changed.Message, StringComparison.Ordinal);
    }
}
