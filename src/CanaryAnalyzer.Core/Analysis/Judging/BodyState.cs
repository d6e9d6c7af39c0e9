using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What the body of a latency distribution has gathered.</summary>
/// <param name="Harm">Evidence of harm.</param>
/// <param name="Noise">What differed between the two halves of the stable side.</param>
internal sealed record BodyState(EvidenceMixture Harm, Dispersion Noise)
{
    /// <summary>Nothing gathered.</summary>
    public static BodyState Start { get; } = new(EvidenceMixture.Start(SeqSettings.SuperioritySteps.Length), Dispersion.None);
}
