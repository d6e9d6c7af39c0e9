using System.Collections.Immutable;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>What the command line says about what is to be judged.</summary>
internal sealed record SubjectRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The one metric; null for all comparisons.</summary>
    public string? Metric { get; init; }

    /// <summary>The Prometheus; null for the templates' own.</summary>
    public Uri? Address { get; init; }

    /// <summary>The canary's label matchers; null for the template's own.</summary>
    public string? Canary { get; init; }

    public string? Stable { get; init; }

    public ImmutableDictionary<string, string> Arguments { get; init; } = ImmutableDictionary<string, string>.Empty;
}
