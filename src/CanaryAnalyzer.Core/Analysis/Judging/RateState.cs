using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What one <see cref="RatePlan"/> has gathered.</summary>
/// <param name="Harm">Evidence of harm.</param>
/// <param name="Safe">Evidence of safety.</param>
/// <param name="Noise">What differed between the two halves of the stable side.</param>
/// <param name="Likelihood">Log-likelihoods of the ratios in <see cref="SeqSettings.IntervalRatios"/>, relative to ratio 1.</param>
internal sealed record RateState(EvidenceMixture Harm, EvidenceMixture Safe, Dispersion Noise, ImmutableArray<float> Likelihood)
{
    /// <summary>Nothing gathered.</summary>
    public static RateState Start { get; } = new(
        EvidenceMixture.Start(SeqSettings.HarmRatios.Length),
        EvidenceMixture.Start(SeqSettings.SafeRatios.Length + 1),
        Dispersion.None,
        [.. new float[SeqSettings.IntervalRatios.Length]]);

    /// <summary>Begins safety and the reported interval anew, keeping harm and noise.</summary>
    public RateState ForNextRun() => Start with { Harm = Harm, Noise = Noise };
}
