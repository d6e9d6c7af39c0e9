using Prometheus;

namespace CanaryAnalyzer.Service.Observability;

/// <summary>What the controller counts of its own work; the names are Argo Rollouts' where it has one.</summary>
public sealed class ControllerMetrics
{
    private static readonly string[] Object = ["namespace", "name"];

    /// <summary>Makes them in a registry.</summary>
    public ControllerMetrics(CollectorRegistry registry)
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        RolloutReconcile = factory.CreateHistogram(
            "rollout_reconcile", "Time of a pass over a Rollout, in seconds.", Object, new HistogramConfiguration { Buckets = [0.01, 0.15, 0.25, 0.5, 1] });
        RolloutReconcileErrors = factory.CreateCounter("rollout_reconcile_error", "Passes over a Rollout that failed.", Object);
        RolloutEvents = factory.CreateCounter("rollout_events_total", "Events about a Rollout.", ["namespace", "name", "type", "reason"]);
        AnalysisRunReconcile = factory.CreateHistogram(
            "analysis_run_reconcile", "Time of a pass over an AnalysisRun, in seconds.", Object, new HistogramConfiguration { Buckets = [0.01, 0.15, 0.25, 0.5, 1] });
        AnalysisRunReconcileErrors = factory.CreateCounter("analysis_run_reconcile_error", "Passes over an AnalysisRun that failed.", Object);
        Leading = factory.CreateGauge("canaryanalyzer_leading", "Whether this replica leads: 1 or 0.");
        LookLag = factory.CreateGauge(
            "canaryanalyzer_look_lag_seconds", "Time since the next look or measurement of an AnalysisRun's metric was due; 0 where it is not due yet.", ["namespace", "name", "metric"]);
        Observing = factory.CreateGauge("canaryanalyzer_observing_only", "Whether this leader writes nothing, because another rollout controller is at work, or may be: 1 or 0.");
        Passes = factory.CreateCounter("canaryanalyzer_passes_total", "Passes by kind and outcome.", ["kind", "outcome"]);
        factory.CreateGauge("argo_rollouts_controller_info", "The controller's version; always 1.", ["version"]).WithLabels(ServiceVersion.Text).Set(1);
    }

    /// <summary>Time of passes over Rollouts.</summary>
    public Histogram RolloutReconcile { get; }

    /// <summary>Failed passes over Rollouts.</summary>
    public Counter RolloutReconcileErrors { get; }

    /// <summary>Events about Rollouts.</summary>
    public Counter RolloutEvents { get; }

    /// <summary>Time of passes over AnalysisRuns.</summary>
    public Histogram AnalysisRunReconcile { get; }

    /// <summary>Failed passes over AnalysisRuns.</summary>
    public Counter AnalysisRunReconcileErrors { get; }

    /// <summary>Whether this replica leads.</summary>
    public Gauge Leading { get; }

    /// <summary>How late the next measurement of each AnalysisRun's metric is.</summary>
    public Gauge LookLag { get; }

    /// <summary>Whether this leader only observes.</summary>
    public Gauge Observing { get; }

    /// <summary>Passes by kind (Rollout, AnalysisRun, PromotionPolicy) and outcome.</summary>
    public Counter Passes { get; }

    /// <summary>Forgets a Rollout that is gone.</summary>
    public void ForgetRollout(string inNamespace, string name)
    {
        RolloutReconcile.RemoveLabelled(inNamespace, name);
        RolloutReconcileErrors.RemoveLabelled(inNamespace, name);
        foreach (var labels in RolloutEvents.GetAllLabelValues().Where(l => l[0] == inNamespace && l[1] == name)) RolloutEvents.RemoveLabelled(labels);
    }

    /// <summary>Forgets an AnalysisRun that is gone.</summary>
    public void ForgetRun(string inNamespace, string name)
    {
        AnalysisRunReconcile.RemoveLabelled(inNamespace, name);
        AnalysisRunReconcileErrors.RemoveLabelled(inNamespace, name);
    }
}
