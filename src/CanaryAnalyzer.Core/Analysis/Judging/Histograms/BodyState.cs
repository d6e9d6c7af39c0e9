using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>What the body of a latency distribution has gathered.</summary>
/// <param name="Harm">Evidence of harm.</param>
/// <param name="Noise">What differed between the two halves of the stable side.</param>
internal sealed record BodyState(EvidenceMixture Harm, Dispersion Noise)
{
    /// <summary>Nothing gathered.</summary>
    public static BodyState Start(SeqSettings settings) => new(EvidenceMixture.Start(settings.SuperioritySteps.Length), Dispersion.None);
}
