using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>The provider <c>canaryanalyzer/compare</c>: canary and stable compared by their counters, look after look.</summary>
public sealed record CompareSpec : ProviderSpec
{
    /// <summary>The provider's name under <c>provider.plugin</c>.</summary>
    public const string ProviderName = "canaryanalyzer/compare";

    /// <inheritdoc/>
    public override bool Compares => true;

    /// <inheritdoc/>
    public override Uri? Address => Connection.Address;

    /// <summary>Long: a comparison may have many looks to catch up with.</summary>
    public override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    /// <summary>The Prometheus to ask.</summary>
    public required PrometheusConnection Connection { get; init; }

    /// <summary>Matchers that pick the canary's series; empty means by pod template hash, else by pod name.</summary>
    public required ImmutableArray<LabelMatcher> Canary { get; init; }

    /// <summary>Matchers that pick the stable side's series; empty as for <see cref="Canary"/>.</summary>
    public required ImmutableArray<LabelMatcher> Stable { get; init; }

    /// <summary>Distance of the looks; at least a second.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>No promotion before.</summary>
    public required TimeSpan MinDuration { get; init; }

    /// <summary>Undecided at this age is inconclusive.</summary>
    public required TimeSpan MaxDuration { get; init; }

    /// <summary>When a version that was shown safe is promoted; null: at the end of a release's last pause, as soon as it is shown safe everywhere else.</summary>
    public PromoteWhen? Promote { get; init; }

    /// <summary>How often it may be wrong.</summary>
    public required RiskSpec Risk { get; init; }

    /// <summary>No promotion with fewer requests on the canary.</summary>
    public required long MinRequests { get; init; }

    /// <summary>How far back the stable side is read for its own noise.</summary>
    public required TimeSpan History { get; init; }

    /// <summary>Power for which the smallest detectable ratio is reported.</summary>
    public required double Power { get; init; }

    /// <summary>Label that names what is counted as one unit; null means <c>pod</c>, else <c>instance</c>.</summary>
    public string? Target { get; init; }

    /// <summary>Distance of the samples; null means the median distance of those seen.</summary>
    public TimeSpan? ScrapeInterval { get; init; }

    /// <summary>What is compared; at least one, names unique, weights sum to 1.</summary>
    public required ImmutableArray<MeasureSpec> Measures { get; init; }

    /// <summary>Reads what stands under <c>provider.plugin["canaryanalyzer/compare"]</c>.</summary>
    /// <param name="json">The provider's object.</param>
    /// <param name="path">Its path from the resource's root.</param>
    /// <param name="errors">Everything that is wrong is added here.</param>
    /// <returns>The spec with all defaults filled in; null where anything is wrong.</returns>
    public static CompareSpec? TryParse(JsonElement json, string path, ICollection<SpecError> errors) => CompareParser.TryParse(json, path, errors);
}
