using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>One step of a canary update. Closed: the kinds are those nested here.</summary>
public abstract record CanaryStep
{
    private CanaryStep()
    {
    }

    /// <summary>The step as events name it, such as <c>setWeight: 50</c>.</summary>
    public abstract string Describe();

    /// <summary>Gives the canary a share of the traffic.</summary>
    /// <param name="Weight">The share in percent, 0 to 100.</param>
    public sealed record SetWeight(int Weight) : CanaryStep
    {
        /// <inheritdoc/>
        public override string Describe() => $"setWeight: {Weight}";
    }

    /// <summary>Waits: for a person, for a time, or for the judge where a PromotionPolicy selects the Rollout.</summary>
    /// <param name="Duration">How long; null waits without an end.</param>
    public sealed record Pause(TimeSpan? Duration) : CanaryStep
    {
        /// <inheritdoc/>
        public override string Describe() => Duration is { } duration ? $"pause: {GoDuration.Format(duration)}" : "pause";
    }

    /// <summary>Runs an analysis and waits for its success.</summary>
    /// <param name="Run">What is analysed.</param>
    public sealed record Analysis(RolloutAnalysis Run) : CanaryStep
    {
        /// <inheritdoc/>
        public override string Describe() => "analysis";
    }
}
