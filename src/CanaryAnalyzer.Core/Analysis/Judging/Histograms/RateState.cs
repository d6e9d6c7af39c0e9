using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>What one share has gathered.</summary>
/// <param name="Harm">Evidence of harm.</param>
/// <param name="Safe">Evidence of safety; nothing where safety is tested at planned looks.</param>
/// <param name="Noise">What differed between the two halves of the stable side.</param>
/// <param name="Likelihood">Log-likelihoods of the ratios in <see cref="SeqSettings.IntervalRatios"/>, relative to ratio 1.</param>
internal sealed record RateState(EvidenceMixture Harm, EvidenceMixture Safe, Dispersion Noise, float[] Likelihood)
{
    /// <summary>Whether the sides are in an incident.</summary>
    public Surge Surge { get; init; }

    /// <summary>The time from which harm is reported.</summary>
    public HarmWindow Window { get; init; } = HarmWindow.None;

    /// <summary>The planned test of safety; null under a version whose safety is evidence.</summary>
    public PlannedTest? Test { get; init; }

    /// <summary>Nothing gathered.</summary>
    public static RateState Start(SeqSettings settings) => new(
        EvidenceMixture.Start(settings.HarmRatios.Length),
        EvidenceMixture.Start(settings.SafeRatios.Length + 1),
        Dispersion.None,
        new float[settings.IntervalRatios.Length])
    {
        Test = settings.PlansSafety ? PlannedTest.None : null,
    };

    /// <summary>Natural logarithm of the evidence of safety: it reaches the threshold exactly where a planned test rejects.</summary>
    /// <param name="logThreshold">The logarithm of evidence that promotion needs.</param>
    public double LogSafe(double logThreshold) => Test is { } test ? logThreshold + test.LogMargin : Safe.LogEvidence;

    /// <summary>How far safety is shown, for a report.</summary>
    /// <param name="component">What it is about.</param>
    /// <param name="bound">The bound in seconds; null for errors.</param>
    /// <param name="logThreshold">The logarithm of evidence that promotion needs.</param>
    public SafeEvidence Report(EvidenceComponent component, double? bound, double logThreshold) => new(component, bound, LogSafe(logThreshold))
    {
        P = Test is { Level: > 0 } tested ? tested.P : null,
        Level = Test is { Level: > 0 } needed ? needed.Level : null,
    };

    /// <summary>Begins safety and the reported interval anew, keeping harm and noise.</summary>
    public RateState ForNextRun(SeqSettings settings) => Start(settings) with { Harm = Harm, Noise = Noise, Window = Window.ForNextRun() };
}
