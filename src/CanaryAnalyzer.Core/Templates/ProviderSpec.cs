using CanaryAnalyzer.Core.Expressions;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Where a metric's values come from: what it says to its provider. <see cref="ProviderKinds"/> has all kinds.</summary>
public abstract record ProviderSpec
{
    /// <summary>Whether the provider compares and decides by itself, in one long measurement.</summary>
    public virtual bool Compares => false;

    /// <summary>What a condition's <c>result</c> is, as far as the spec tells.</summary>
    public virtual ResultShape Shape => ResultShape.Any;

    /// <summary>The backend that is queried, of which all metrics that name it share the turns; null for the controller's default one, or none.</summary>
    public virtual Uri? Address => null;

    /// <summary>How long a measurement may take before it is an Error.</summary>
    public abstract TimeSpan TimeLimit { get; }

    /// <summary>A provider whose fields can't be read before the Secrets that they name; <see cref="RunPlan.TryResolve"/> gives the other kinds only.</summary>
    /// <param name="IsComparison">Whether it compares.</param>
    public sealed record AwaitsSecrets(bool IsComparison) : ProviderSpec
    {
        /// <inheritdoc/>
        public override bool Compares => IsComparison;

        /// <inheritdoc/>
        public override TimeSpan TimeLimit => TimeSpan.Zero;
    }
}
