using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>What one share has gathered.</summary>
/// <param name="Harm">Evidence of harm.</param>
/// <param name="Safe">Evidence of safety.</param>
/// <param name="Noise">What differed between the two halves of the stable side.</param>
/// <param name="Likelihood">Log-likelihoods of the ratios in <see cref="SeqSettings.IntervalRatios"/>, relative to ratio 1.</param>
internal sealed record RateState(EvidenceMixture Harm, EvidenceMixture Safe, Dispersion Noise, float[] Likelihood)
{
    /// <summary>Whether the sides are in an incident.</summary>
    public Surge Surge { get; init; }

    /// <summary>Nothing gathered.</summary>
    public static RateState Start(SeqSettings settings) => new(
        EvidenceMixture.Start(settings.HarmRatios.Length),
        EvidenceMixture.Start(settings.SafeRatios.Length + 1),
        Dispersion.None,
        new float[settings.IntervalRatios.Length]);

    /// <summary>Begins safety and the reported interval anew, keeping harm and noise.</summary>
    public RateState ForNextRun(SeqSettings settings) => Start(settings) with { Harm = Harm, Noise = Noise };
}
