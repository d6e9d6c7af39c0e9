using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Remembering;

/// <summary>What goes on from one run of a release to the next: the evidence of harm of the measures whose settings are the same.</summary>
internal static class CarriedEvidence
{
    /// <summary>The fresh state with what can be carried on.</summary>
    /// <param name="fresh">The state without.</param>
    /// <param name="text">What the last state of the run before wrote.</param>
    /// <param name="note">What begins anew and why; empty where nothing does.</param>
    public static JudgeState Into(JudgeState fresh, string text, out string note)
    {
        if (StoredState.Read(text, out var problem) is not { } stored)
        {
            note = $"the evidence begins anew: {problem.TrimEnd('.')}";
            return fresh;
        }

        if (stored.Settings.Version != fresh.Version)
        {
            note = $"the evidence begins anew: it was gathered by the judge {stored.Settings.Version}, this is {fresh.Version}";
            return fresh;
        }

        var carried = fresh.Measures.Select(measure => Carry(measure, stored)).ToArray();
        var anew = fresh.Measures.Where((measure, i) => carried[i] is null).Select(measure => measure.Setup.Options.Name).ToList();
        note = anew.Count == 0 ? "" : $"the evidence of {string.Join(" and ", anew)} begins anew: the settings have changed";
        if (anew.Count == carried.Length)
            return fresh;
        return fresh with { Measures = [.. carried.Select((measure, i) => measure ?? fresh.Measures[i])], BestHarm = stored.BestHarm };
    }

    private static MeasureState? Carry(MeasureState fresh, StoredState stored)
    {
        foreach (var (mark, body) in stored.Measures)
        {
            if (mark != fresh.Setup.Mark || JudgeStateText.ReadMeasure(fresh.Setup, body) is not { } before)
                continue;

            // What never began has no evidence, and knows less of the past than a fresh state that read it.
            return before.IsUnknown ? fresh : before.ForNextRun();
        }

        return null;
    }
}
