using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Deciding;

/// <summary>All evidence of a state, brought together.</summary>
internal sealed class Combination
{
    private Combination(List<HarmPart> parts, double weakestSafe)
    {
        Parts = parts;
        WeakestSafe = weakestSafe;
        LogHarm = parts.Count == 0 ? 0 : Sum(parts);
    }

    /// <summary>Logarithm of the combined evidence of harm: the weighted mean over all components, valid under any dependence between them.</summary>
    public double LogHarm { get; }

    /// <summary>The weakest required evidence of safety, as a logarithm; negative infinity where a required measure can't show any yet.</summary>
    public double WeakestSafe { get; }

    /// <summary>Each component's part in the evidence of harm.</summary>
    public List<HarmPart> Parts { get; }

    /// <summary>Brings a state's evidence together.</summary>
    public static Combination Of(JudgeState state, JudgeOptions options)
    {
        var parts = new List<HarmPart>(8);
        var weakest = double.PositiveInfinity;
        for (var i = 0; i < state.Measures.Length; i++)
        {
            state.Measures[i].AddParts(i, parts);
            if (options.Measures[i].EffectiveRequired)
                weakest = Math.Min(weakest, state.Measures[i].LogSafe);
        }

        // Nothing that is shown by nothing is safe.
        return new(parts, double.IsPositiveInfinity(weakest) ? double.NegativeInfinity : weakest);
    }

    private static double Sum(List<HarmPart> parts)
    {
        Span<double> logs = parts.Count <= 64 ? stackalloc double[parts.Count] : new double[parts.Count];
        for (var i = 0; i < logs.Length; i++)
            logs[i] = parts[i].Log;
        return Logarithms.Sum(logs);
    }
}
