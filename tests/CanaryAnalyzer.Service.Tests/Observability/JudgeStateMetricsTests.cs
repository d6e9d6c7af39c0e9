using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Service.Observability;

namespace CanaryAnalyzer.Service.Tests.Observability;

public sealed class JudgeStateMetricsTests
{
    [Fact]
    public async Task Two_comparisons_of_a_run_are_told_apart()
    {
        var registry = Prometheus.Metrics.NewCustomRegistry();
        var judge = new JudgeStateMetrics(Prometheus.Metrics.WithCustomRegistry(registry));
        var run = new JsonObject { ["status"] = new JsonObject { ["metricResults"] = new JsonArray(Metric("errors", 2), Metric("latency", 3)) } };

        judge.Add("shop", "web", [], run);
        judge.Finish();

        var text = await TextAsync(registry);
        Assert.Contains("""canaryanalyzer_judge_evidence{namespace="shop",name="web",metric="errors"} 2""", text, StringComparison.Ordinal);
        Assert.Contains("""canaryanalyzer_judge_evidence{namespace="shop",name="web",metric="latency"} 3""", text, StringComparison.Ordinal);
        Assert.Contains("""canaryanalyzer_judge_requests{namespace="shop",name="web",metric="latency",side="canary",measure="m"} 10""", text, StringComparison.Ordinal);

        judge.Add("shop", "web", [], null);
        judge.Finish();
        Assert.DoesNotContain("metric=", await TextAsync(registry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_has_the_gates_reason_also_where_no_policy_can_act()
    {
        var registry = Prometheus.Metrics.NewCustomRegistry();
        var judge = new JudgeStateMetrics(Prometheus.Metrics.WithCustomRegistry(registry));
        var status = new JsonObject
        {
            ["pauseConditions"] = new JsonArray(new JsonObject { ["reason"] = "CanaryPauseStep", ["startTime"] = "2026-01-01T00:00:00Z" }),
            ["canaryAnalyzer"] = new JsonObject { ["waitingReason"] = "policyConflict", ["waitingSince"] = "2026-01-01T00:01:00Z" },
        };

        judge.Add("shop", "web", new JsonObject { ["status"] = status }, null);
        judge.Finish();

        var text = await TextAsync(registry);
        Assert.Contains("""canaryanalyzer_waiting_for_human{namespace="shop",name="web",reason="policyConflict"} 1""", text, StringComparison.Ordinal);
        Assert.Contains("""canaryanalyzer_waiting_for_human_since_seconds{namespace="shop",name="web"} 1767225660""", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ManualPause", true)]
    [InlineData("PauseNotOver", false)]
    public async Task A_pause_that_ends_by_itself_waits_for_no_human(string reason, bool waits)
    {
        var registry = Prometheus.Metrics.NewCustomRegistry();
        var judge = new JudgeStateMetrics(Prometheus.Metrics.WithCustomRegistry(registry));
        var status = new JsonObject
        {
            ["pauseConditions"] = new JsonArray(new JsonObject { ["reason"] = "CanaryPauseStep", ["startTime"] = "2026-01-01T00:00:00Z" }),
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Waiting", ["status"] = "True", ["reason"] = reason }),
        };

        judge.Add("shop", "web", new JsonObject { ["status"] = status }, null);
        judge.Finish();

        Assert.Equal(waits, (await TextAsync(registry)).Contains("""canaryanalyzer_waiting_for_human{namespace="shop",name="web",reason="CanaryPauseStep"} 1""", StringComparison.Ordinal));
    }

    private static JsonObject Metric(string name, int evidence)
    {
        var value = new JsonObject
        {
            ["verdict"] = "Continue",
            ["reason"] = "InBetween",
            ["evidence"] = evidence,
            ["measures"] = new JsonArray(new JsonObject { ["name"] = "m", ["canary"] = new JsonObject { ["requests"] = 10, ["errors"] = 1 } }),
        };
        return new JsonObject { ["name"] = name, ["measurements"] = new JsonArray(new JsonObject { ["value"] = value.ToJsonString() }) };
    }

    private static async Task<string> TextAsync(Prometheus.CollectorRegistry registry)
    {
        using var stream = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
