using System.Text.Json.Nodes;
using CanaryAnalyzer.Client.Views;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using Prometheus;

namespace CanaryAnalyzer.Service.Observability;

/// <summary>The state of Rollouts and AnalysisRuns, read from the caches whenever somebody asks for the metrics; the names are Argo Rollouts'.</summary>
internal sealed class RolloutStateMetrics
{
    private readonly ClusterCaches caches;
    private readonly CollectorRegistry registry;
    private readonly JudgeStateMetrics judge;
    private readonly Lock asking = new();
    private readonly StateGauge info;
    private readonly StateGauge available;
    private readonly StateGauge unavailable;
    private readonly StateGauge desired;
    private readonly StateGauge updated;
    private readonly StateGauge runs;
    private readonly StateGauge runMetrics;
    private readonly StateGauge templates;
    private readonly StateGauge templateMetrics;
    private readonly StateGauge phases;
    private readonly StateGauge runPhases;
    private readonly StateGauge runTypes;

    /// <summary>Registers them.</summary>
    public RolloutStateMetrics(ClusterCaches caches, CollectorRegistry registry)
    {
        this.caches = caches;
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        StateGauge Gauge(string name, string help, params string[] labels) => new(factory.CreateGauge(name, help, labels));
        info = Gauge("rollout_info", "A Rollout and its phase; always 1.", "namespace", "name", "strategy", "traffic_router", "phase");
        available = Gauge("rollout_info_replicas_available", "Available pods of all versions.", "namespace", "name");
        unavailable = Gauge("rollout_info_replicas_unavailable", "Pods of all versions that are not available.", "namespace", "name");
        desired = Gauge("rollout_info_replicas_desired", "Pods that the Rollout asks for.", "namespace", "name");
        updated = Gauge("rollout_info_replicas_updated", "Pods of the wanted version.", "namespace", "name");
        runs = Gauge("analysis_run_info", "An AnalysisRun and its phase; always 1.", "namespace", "name", "phase");
        runMetrics = Gauge("analysis_run_metric_phase", "A metric of an AnalysisRun and its phase; always 1.", "namespace", "name", "metric", "dry_run", "phase");
        templates = Gauge("analysis_template_info", "An AnalysisTemplate; always 1.", "namespace", "name");
        templateMetrics = Gauge("analysis_template_metric_info", "A metric of an AnalysisTemplate and its provider; always 1.", "namespace", "name", "type", "metric");
        phases = Gauge("rollout_phase", "A Rollout and its phase, as older dashboards ask for it; always 1.", "namespace", "name", "strategy", "phase");
        runPhases = Gauge("analysis_run_phase", "An AnalysisRun and its phase, as older dashboards ask for it; always 1.", "namespace", "name", "phase");
        runTypes = Gauge("analysis_run_metric_type", "A metric of an AnalysisRun and its provider; always 1.", "namespace", "name", "metric", "type");
        judge = new JudgeStateMetrics(factory);
        this.registry = registry;
    }

    /// <summary>Fills them from here on whenever somebody asks for the metrics; once.</summary>
    public void Start() => registry.AddBeforeCollectCallback(Collect);

    private void Collect()
    {
        lock (asking)
        {
            foreach (var rollout in caches.Of(ResourceType.Rollouts).All()) Rollout(rollout);
            foreach (var run in caches.Of(ResourceType.AnalysisRuns).All()) Run(run);
            foreach (var template in caches.Of(ResourceType.AnalysisTemplates).All()) Template(template);
            foreach (var gauge in (StateGauge[])[info, phases, available, unavailable, desired, updated, runs, runPhases, runMetrics, runTypes, templates, templateMetrics]) gauge.Finish();
            judge.Finish();
        }
    }

    private void Rollout(CachedResource rollout)
    {
        var (inNamespace, name) = (rollout.Key.Namespace ?? "", rollout.Key.Name);
        var json = rollout.Json;
        var status = json.At("status");
        var strategy = json.At("spec", "strategy");
        var router = strategy.At("canary", "trafficRouting") is JsonObject routing ? string.Join(',', routing.Select(r => r.Key == "plugins" ? Plugins(r.Value) : r.Key)) : "";
        var (kind, phase) = (strategy.At("blueGreen") is null ? "canary" : "blueGreen", status.Text("phase") ?? "Unknown");
        info.Set(1, inNamespace, name, kind, router, phase);
        phases.Set(1, inNamespace, name, kind, phase);
        var wanted = json.Whole("spec", "replicas") ?? 1;
        var ready = status.Whole("availableReplicas") ?? 0;
        desired.Set(wanted, inNamespace, name);
        available.Set(ready, inNamespace, name);
        unavailable.Set(Math.Max(0, (status.Whole("replicas") ?? 0) - ready), inNamespace, name);
        updated.Set(status.Whole("updatedReplicas") ?? 0, inNamespace, name);
        var run = JudgingRun.Now(json) is { } judging ? caches.Of(ResourceType.AnalysisRuns).Find(new ResourceKey(inNamespace, judging)) : null;
        judge.Add(inNamespace, name, json, run?.Json);
    }

    private void Template(CachedResource template)
    {
        var (inNamespace, name) = (template.Key.Namespace ?? "", template.Key.Name);
        templates.Set(1, inNamespace, name);
        foreach (var (metric, type) in Metrics(template.Json)) templateMetrics.Set(1, inNamespace, name, type, metric);
    }

    private void Run(CachedResource run)
    {
        var (inNamespace, name) = (run.Key.Namespace ?? "", run.Key.Name);
        var json = run.Json;
        var phase = json.Text("status", "phase") ?? "Pending";
        runs.Set(1, inNamespace, name, phase);
        runPhases.Set(1, inNamespace, name, phase);
        foreach (var (metric, type) in Metrics(json)) runTypes.Set(1, inNamespace, name, metric, type);
        foreach (var metric in json.Objects("status", "metricResults"))
            runMetrics.Set(1, inNamespace, name, metric.Text("name") ?? "", metric.Flag("dryRun") ? "true" : "false", metric.Text("phase") ?? "");
    }

    private static IEnumerable<(string Name, string Type)> Metrics(JsonObject resource)
    {
        foreach (var metric in resource.Objects("spec", "metrics"))
        {
            var provider = (metric["provider"] as JsonObject)?.FirstOrDefault();
            yield return (metric.Text("name") ?? "", provider?.Key == "plugin" ? Plugins(provider.Value.Value) : provider?.Key ?? "");
        }
    }

    private static string Plugins(JsonNode? plugins) => string.Join(',', (plugins as JsonObject ?? []).Select(p => p.Key));
}
