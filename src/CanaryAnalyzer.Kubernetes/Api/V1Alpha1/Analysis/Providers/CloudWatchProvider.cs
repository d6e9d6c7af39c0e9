namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A CloudWatch query.</summary>
public sealed class CloudWatchProvider
{
    /// <summary>Time that the query covers; 5m if absent.</summary>
    public string? Interval { get; set; }

    /// <summary>The queries.</summary>
    public required List<Query> MetricDataQueries { get; set; }

    /// <summary>One query to CloudWatch.</summary>
    public sealed class Query
    {
        /// <summary>Name of the query.</summary>
        public required string Id { get; set; }

        /// <summary>Expression over other queries.</summary>
        public string? Expression { get; set; }

        /// <summary>Label of the result.</summary>
        public string? Label { get; set; }

        /// <summary>A statistic of a metric.</summary>
        public Statistic? MetricStat { get; set; }

        /// <summary>Length of a data point, in seconds.</summary>
        public IntOrString? Period { get; set; }

        /// <summary>Whether the result is returned.</summary>
        public bool? ReturnData { get; set; }
    }

    /// <summary>A statistic of a CloudWatch metric.</summary>
    public sealed class Statistic
    {
        /// <summary>The metric.</summary>
        public required Metric Metric { get; set; }

        /// <summary>Length of a data point, in seconds.</summary>
        public required IntOrString Period { get; set; }

        /// <summary>The statistic.</summary>
        public required string Stat { get; set; }

        /// <summary>The unit.</summary>
        public string? Unit { get; set; }
    }

    /// <summary>Names a CloudWatch metric.</summary>
    public sealed class Metric
    {
        /// <summary>Namespace of the metric.</summary>
        public string? Namespace { get; set; }

        /// <summary>Name of the metric.</summary>
        public string? MetricName { get; set; }

        /// <summary>Dimensions.</summary>
        public List<Dimension>? Dimensions { get; set; }
    }

    /// <summary>A dimension of a CloudWatch metric.</summary>
    public sealed class Dimension
    {
        /// <summary>Its name.</summary>
        public string? Name { get; set; }

        /// <summary>Its value.</summary>
        public string? Value { get; set; }
    }
}
