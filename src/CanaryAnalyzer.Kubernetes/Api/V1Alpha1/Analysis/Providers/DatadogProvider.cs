using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A Datadog query.</summary>
public sealed class DatadogProvider
{
    /// <summary>Time that the query covers.</summary>
    [DefaultValue("5m")]
    public string? Interval { get; set; }

    /// <summary>The query.</summary>
    public string? Query { get; set; }

    /// <summary>Several queries, by name, which the formula combines.</summary>
    public Dictionary<string, string>? Queries { get; set; }

    /// <summary>Formula over the queries.</summary>
    public string? Formula { get; set; }

    /// <summary>Version of Datadog's API.</summary>
    [AllowedValues("v1", "v2")]
    [DefaultValue("v1")]
    public string? ApiVersion { get; set; }

    /// <summary>How samples become one value.</summary>
    [AllowedValues("avg", "min", "max", "sum", "last", "percentile", "mean", "l2norm", "area")]
    public string? Aggregator { get; set; }

    /// <summary>Where the keys are found.</summary>
    public Secret? SecretRef { get; set; }

    /// <summary>Time limit of the query; 10s if absent.</summary>
    public string? RequestTimeout { get; set; }

    /// <summary>Names a Secret with Datadog keys.</summary>
    public sealed class Secret
    {
        /// <summary>Name of the Secret.</summary>
        public string? Name { get; set; }

        /// <summary>Whether it is in the run's namespace instead of the controller's.</summary>
        public bool? Namespaced { get; set; }
    }
}
