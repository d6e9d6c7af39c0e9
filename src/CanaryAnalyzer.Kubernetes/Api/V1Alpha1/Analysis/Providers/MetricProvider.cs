using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Where a metric's numbers come from; exactly one member is set.</summary>
public sealed class MetricProvider
{
    /// <summary>A Prometheus query.</summary>
    public PrometheusProvider? Prometheus { get; set; }

    /// <summary>An HTTP request.</summary>
    public WebProvider? Web { get; set; }

    /// <summary>A Kubernetes Job.</summary>
    public JobProvider? Job { get; set; }

    /// <summary>A Datadog query.</summary>
    public DatadogProvider? Datadog { get; set; }

    /// <summary>A New Relic query.</summary>
    public NewRelicProvider? NewRelic { get; set; }

    /// <summary>A Wavefront query.</summary>
    public AddressedQuery? Wavefront { get; set; }

    /// <summary>A Graphite query.</summary>
    public AddressedQuery? Graphite { get; set; }

    /// <summary>An InfluxDB query.</summary>
    public InfluxdbProvider? Influxdb { get; set; }

    /// <summary>A SkyWalking query.</summary>
    public SkywalkingProvider? Skywalking { get; set; }

    /// <summary>A Kayenta analysis.</summary>
    public KayentaProvider? Kayenta { get; set; }

    /// <summary>A CloudWatch query.</summary>
    public CloudWatchProvider? CloudWatch { get; set; }

    /// <summary>Settings of a provider plugin, by the plugin's name; exactly one.</summary>
    public PluginSettings? Plugin { get; set; }

    /// <summary>A query to a server.</summary>
    public sealed class AddressedQuery
    {
        /// <summary>Address of the server.</summary>
        public string? Address { get; set; }

        /// <summary>The query.</summary>
        public string? Query { get; set; }
    }

    /// <summary>Settings of a provider plugin, by the plugin's name.</summary>
    public sealed class PluginSettings
    {
        /// <summary>Compares the canary with the stable version statistically.</summary>
        [JsonPropertyName("canaryanalyzer/compare")]
        public Comparison? Compare { get; set; }

        /// <summary>Settings of all other plugins.</summary>
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; set; }
    }
}
