using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Waits;
using CanaryAnalyzer.Kubernetes.Observing;
using Prometheus;

namespace CanaryAnalyzer.Service.Observability;

/// <summary>What the judge saw at its last look at each Rollout, and which Rollouts wait for a person.</summary>
internal sealed class JudgeStateMetrics
{
    private readonly StateGauge requests;
    private readonly StateGauge errorRate;
    private readonly StateGauge ratio;
    private readonly StateGauge low;
    private readonly StateGauge high;
    private readonly StateGauge evidence;
    private readonly StateGauge threshold;
    private readonly StateGauge looks;
    private readonly StateGauge verdict;
    private readonly StateGauge weight;
    private readonly StateGauge waiting;
    private readonly StateGauge waitingSince;

    public JudgeStateMetrics(MetricFactory factory)
    {
        StateGauge Gauge(string name, string help, params string[] more) => new(factory.CreateGauge(name, help, ["namespace", "name", .. more]));
        requests = Gauge("canaryanalyzer_judge_requests", "Requests judged so far.", "metric", "side", "measure");
        errorRate = Gauge("canaryanalyzer_judge_error_rate", "Share of these requests that failed, or were slower than the measure's bound.", "metric", "side", "measure");
        ratio = Gauge("canaryanalyzer_judge_ratio", "The canary's rate over the stable version's.", "metric", "measure");
        low = Gauge("canaryanalyzer_judge_ratio_low", "Lower end of the interval that holds the ratio at any look.", "metric", "measure");
        high = Gauge("canaryanalyzer_judge_ratio_high", "Upper end of the interval that holds the ratio at any look.", "metric", "measure");
        evidence = Gauge("canaryanalyzer_judge_evidence", "Evidence of harm.", "metric");
        threshold = Gauge("canaryanalyzer_judge_evidence_threshold", "Evidence at which the canary is rolled back.", "metric");
        looks = Gauge("canaryanalyzer_judge_looks", "Number of the last look.", "metric");
        verdict = Gauge("canaryanalyzer_judge_verdict", "The verdict at the last look; 1 for the one that holds.", "metric", "verdict");
        weight = Gauge("canaryanalyzer_rollout_weight", "Share of the traffic in percent.", "side");
        waiting = Gauge("canaryanalyzer_waiting_for_human", "Whether a person is waited for, and why; always 1.", "reason");
        waitingSince = Gauge("canaryanalyzer_waiting_for_human_since_seconds", "Since when a person is waited for, in seconds since 1970.");
    }

    public void Add(string inNamespace, string name, JsonObject rollout, JsonObject? run)
    {
        var status = rollout["status"];
        if (Number(status?["canary"]?["weights"]?["canary"]?["weight"]) is { } canary)
        {
            weight.Set(canary, inNamespace, name, "canary");
            weight.Set(100 - canary, inNamespace, name, "stable");
        }

        Waiting(inNamespace, name, status);
        foreach (var (metric, value) in Values(run)) Look(inNamespace, name, metric, value);
    }

    public void Finish()
    {
        StateGauge[] all = [requests, errorRate, ratio, low, high, evidence, threshold, looks, verdict, weight, waiting, waitingSince];
        foreach (var gauge in all) gauge.Finish();
    }

    private void Waiting(string inNamespace, string name, JsonNode? status)
    {
        var gate = status.At("canaryAnalyzer");
        var pause = status.Objects("pauseConditions").FirstOrDefault();
        var isJudged = gate is JsonObject && gate.At("observes") is null;
        var (reason, since) = isJudged ? (gate.Text("waitingReason"), gate.Text("waitingSince")) : (pause.Text("reason"), pause.Text("startTime"));
        var isTimed = !isJudged && status.Objects("conditions").Any(c => c.Text("type") == ConditionTypes.Waiting && c.Text("reason") == nameof(WaitReason.PauseNotOver));
        if (reason is null || isTimed) return;
        waiting.Set(1, inNamespace, name, reason);
        if (DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var instant)) waitingSince.Set(instant.ToUnixTimeSeconds(), inNamespace, name);
    }

    private void Look(string inNamespace, string name, string metric, VerdictValue value)
    {
        verdict.Set(1, inNamespace, name, metric, value.Verdict.ToString());
        Set(looks, value.Look, inNamespace, name, metric);
        Set(evidence, value.Evidence, inNamespace, name, metric);
        Set(threshold, value.Threshold, inNamespace, name, metric);
        foreach (var measure in value.Measures)
        {
            Set(ratio, measure.Ratio, inNamespace, name, metric, measure.Name);
            Set(low, measure.Low, inNamespace, name, metric, measure.Name);
            Set(high, measure.High, inNamespace, name, metric, measure.Name);
            foreach (var (side, counts) in ((string, VerdictValue.Side)[])[("canary", measure.Canary), ("stable", measure.Stable)])
            {
                if (counts.Requests is not { } total) continue;
                requests.Set(total, inNamespace, name, metric, side, measure.Name);
                if (total > 0 && counts.Errors is { } failed) errorRate.Set(failed / total, inNamespace, name, metric, side, measure.Name);
            }
        }
    }

    private static IEnumerable<(string Metric, VerdictValue Value)> Values(JsonObject? run)
    {
        foreach (var metric in run.Objects("status", "metricResults"))
        {
            if (VerdictValue.Read(metric.Objects("measurements").LastOrDefault().Text("value"), out _) is { } value) yield return (metric.Text("name") ?? "", value);
        }
    }

    private static void Set(StateGauge gauge, double? value, params string[] labels)
    {
        if (value is { } number) gauge.Set(number, labels);
    }

    private static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;
}
