using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>What scores of a latency distribution have gathered: those of its body, or those of the shape of its tail.</summary>
/// <param name="Harm">Evidence of harm.</param>
/// <param name="Noise">What differed between the two halves of the stable side.</param>
internal sealed record BodyState(EvidenceMixture Harm, Dispersion Noise)
{
    /// <summary>The time from which harm is reported; none for the shape, which no number of its own shows.</summary>
    public HarmWindow Window { get; init; } = HarmWindow.None;

    /// <summary>Nothing gathered.</summary>
    public static BodyState Start(SeqSettings settings) => Start(settings.SuperioritySteps.Length);

    /// <summary>Nothing gathered about the given number of alternatives.</summary>
    public static BodyState Start(int alternatives) => new(EvidenceMixture.Start(alternatives), Dispersion.None);
}
