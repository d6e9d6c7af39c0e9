namespace CanaryAnalyzer.Testing.Prometheus;

/// <summary>A server that answers Prometheus' queries.</summary>
public enum MetricBackend
{
    /// <summary>Prometheus 2, whose ranges include their first instant.</summary>
    Prometheus2,

    /// <summary>Prometheus 3, whose ranges are open on the left; with native histograms.</summary>
    Prometheus3,

    /// <summary>VictoriaMetrics, with a language of its own that resembles PromQL.</summary>
    VictoriaMetrics,
}
