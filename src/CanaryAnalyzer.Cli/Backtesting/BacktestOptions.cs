namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>What <c>canaryctl backtest</c> was asked for.</summary>
internal sealed record BacktestOptions
{
    /// <summary>The file with the AnalysisTemplate.</summary>
    public required string File { get; init; }

    /// <summary>The comparison's metric; null where the template has only one.</summary>
    public string? Metric { get; init; }

    /// <summary>The Prometheus; null: the template's own.</summary>
    public Uri? Address { get; init; }

    /// <summary>Matchers that pick the service's pods of all versions; null: those of the Rollout, else the template's stable.</summary>
    public string? Stable { get; init; }

    /// <summary>The template's arguments.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the argument namespace comes from the cluster, so that a template that takes none may ignore it.</summary>
    public bool IsNamespaceImplied { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>The canary's share of the traffic.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>The canary's number of pods; null: by its share.</summary>
    public int? Pods { get; init; }

    /// <summary>How often the pods of each window are split.</summary>
    public int Splits { get; init; } = 4;

    public long Seed { get; init; } = 1;

    /// <summary>Whether the report is written as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Where to write the HTML report; null: nowhere.</summary>
    public string? Html { get; init; }

    /// <summary>The folder of the cache; null: none.</summary>
    public string? Cache { get; init; }
}
