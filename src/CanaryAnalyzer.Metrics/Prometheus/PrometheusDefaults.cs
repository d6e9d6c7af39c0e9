namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>What holds for metrics that don't say otherwise.</summary>
/// <param name="Address">The Prometheus to ask (the controller's <c>--prometheus</c>); null means that each metric must name one.</param>
public sealed record PrometheusDefaults(Uri? Address);
