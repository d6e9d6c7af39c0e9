using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Remembering;

/// <summary>A <see cref="JudgeState"/> as text: the judge's version, a space, and the numbers with a checksum in base 64.</summary>
internal static class JudgeStateText
{
    /// <summary>The text.</summary>
    public static string Write(JudgeState state)
    {
        var text = new StateWriter();
        text.Count(state.LastLook);
        text.Number(state.BestSafe);
        text.Number(state.BestHarm);
        if (state.Settings.PlansSafety)
        {
            text.Count(state.Planned.Last.Ticks);
            text.Count(state.Planned.Ended?.Ticks ?? 0);
        }

        text.Count(state.Measures.Length);
        var body = new StateWriter();
        foreach (var measure in state.Measures)
        {
            body.Clear();
            measure.Write(body);
            text.Mark(measure.Setup.Mark);
            text.Block(body.Written);
        }

        text.Mark(Fingerprint.Of(text.Written));
        return $"{state.Version} {Convert.ToBase64String(text.Written)}";
    }

    /// <summary>The state; null and a problem if it cannot be used.</summary>
    public static JudgeState? Read(string? text, JudgeOptions options, out string problem)
    {
        if (StoredState.Read(text, out problem) is not { } stored)
            return null;
        var setups = MeasureSetup.Of(options, stored.Settings);
        if (setups.Length != stored.Measures.Count)
        {
            problem = "The saved state is of other settings: the measures have changed.";
            return null;
        }

        var measures = new MeasureState[setups.Length];
        for (var i = 0; i < setups.Length; i++)
        {
            var (mark, body) = stored.Measures[i];
            if (mark != setups[i].Mark)
            {
                problem = $"The saved state is of other settings: those of the measure {setups[i].Options.Name} have changed.";
                return null;
            }

            if (ReadMeasure(setups[i], body) is not { } measure)
            {
                problem = "The judge's saved state is damaged.";
                return null;
            }

            measures[i] = measure;
        }

        return new()
        {
            Version = stored.Settings.Version,
            LastLook = stored.LastLook,
            BestSafe = stored.BestSafe,
            BestHarm = stored.BestHarm,
            Planned = stored.Planned,
            Measures = measures,
        };
    }

    /// <summary>A measure's state; null where the bytes are damaged.</summary>
    public static MeasureState? ReadMeasure(MeasureSetup setup, byte[] body)
    {
        var reader = new StateReader(body);
        var measure = MeasureKinds.Read(setup, reader);
        return reader.Failed || !reader.AtEnd ? null : measure;
    }
}
