using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.History;

/// <summary>What history is wanted.</summary>
public sealed record HistoryRequest
{
    /// <summary>The longest stretch that is asked for at once.</summary>
    public static readonly TimeSpan LongestChunk = TimeSpan.FromHours(1);

    /// <summary>The Prometheus.</summary>
    public required PrometheusConnection Connection { get; init; }

    /// <summary>Selectors of raw counters.</summary>
    public required ImmutableArray<SeriesSelector> Selectors { get; init; }

    /// <summary>Beginning of the range; samples from a chunk's beginning before it may come too.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Folder in which answers are kept; null keeps none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Told the cause whenever Prometheus gives no answer and is asked again after a while; from any thread. Null: nobody is told.</summary>
    public Action<string>? OnWait { get; init; }

    /// <summary>How many requests are under way at once, from 1 on.</summary>
    public int Concurrency { get; init; } = 3;
}
