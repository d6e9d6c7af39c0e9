using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Cli.Judging;

/// <summary>A recorded comparison as <c>canary-scenario/1</c> writes it, one JSON object a line; what it may not be asked for (truth, title) isn't read.</summary>
internal sealed record ScenarioDocument
{
    /// <summary>The only schema that is read.</summary>
    public const string Current = "canary-scenario/1";

    public string? Schema { get; init; }

    public string? Id { get; init; }

    /// <summary>Distance of the looks in seconds.</summary>
    public double IntervalSeconds { get; init; }

    /// <summary>How many looks there are.</summary>
    public int Intervals { get; init; }

    /// <summary>Upper bounds of the latency buckets in seconds, the last one <c>"+Inf"</c>.</summary>
    public JsonElement[]? BucketBounds { get; init; }

    /// <summary>The stable version's two halves before there was a canary.</summary>
    public Past[]? History { get; init; }

    /// <summary>What both sides did between their samples.</summary>
    public Row?[]? Data { get; init; }

    /// <summary>The same run as raw counters.</summary>
    [JsonPropertyName("counters")]
    public Counters? Counted { get; init; }

    /// <summary>A side's counts, or half a side's.</summary>
    internal sealed record Side
    {
        public long Requests { get; init; }

        public long Errors { get; init; }

        /// <summary>Counts a bucket, not cumulative.</summary>
        public long[]? Buckets { get; init; }

        /// <summary>The two halves of the stable side.</summary>
        public Side?[]? Pods { get; init; }
    }

    internal sealed record Past
    {
        public Side? A { get; init; }

        public Side? B { get; init; }
    }

    /// <summary>One look; a side that missed its scrape is null.</summary>
    internal sealed record Row
    {
        public Side? Canary { get; init; }

        public Side? Stable { get; init; }
    }

    internal sealed record Counters
    {
        public Pod?[]? Canary { get; init; }

        public Pod?[]? Stable { get; init; }
    }

    internal sealed record Pod
    {
        [JsonPropertyName("pod")]
        public string? Name { get; init; }

        /// <summary>One sample a look and one before the first; null where a scrape was missed.</summary>
        public Sample?[]? Samples { get; init; }
    }

    internal sealed record Sample
    {
        public double Requests { get; init; }

        public double Errors { get; init; }

        /// <summary>Cumulative counts a bound, as Prometheus has them.</summary>
        public double[]? Le { get; init; }
    }
}
