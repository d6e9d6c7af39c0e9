using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Where a metric's values come from; a closed set.</summary>
public abstract record ProviderSpec
{
    private ProviderSpec()
    {
    }

    /// <summary>Whether the provider compares and decides by itself, in one long measurement.</summary>
    public abstract bool Compares { get; }

    /// <summary>A PromQL query, judged by the metric's conditions.</summary>
    /// <param name="Query">What to ask.</param>
    public sealed record Prometheus(PrometheusSpec Query) : ProviderSpec
    {
        /// <inheritdoc/>
        public override bool Compares => false;
    }

    /// <summary>Canary and stable compared.</summary>
    /// <param name="Comparison">What to compare.</param>
    public sealed record Compare(CompareSpec Comparison) : ProviderSpec
    {
        /// <inheritdoc/>
        public override bool Compares => true;
    }

    /// <summary>A provider whose fields can't be read before the Secrets that they name; <see cref="RunPlan.TryResolve"/> gives the other kinds only.</summary>
    /// <param name="IsComparison">Whether it compares.</param>
    public sealed record AwaitsSecrets(bool IsComparison) : ProviderSpec
    {
        /// <inheritdoc/>
        public override bool Compares => IsComparison;
    }
}
