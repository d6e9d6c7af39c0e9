using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// What a judge remembers between two looks: sums and evidence, no series. Written and read again it goes on with exactly the same numbers.
/// </summary>
public sealed record JudgeState
{
    internal JudgeState()
    {
    }

    /// <summary>Number of the last look; 0 before the first.</summary>
    public int LastLook { get; internal init; }

    /// <summary>The highest that the weakest required evidence of safety has been, as a natural logarithm.</summary>
    internal double BestSafe { get; init; } = double.NegativeInfinity;

    /// <summary>The measures, in the order of the options.</summary>
    internal ImmutableArray<MeasureState> Measures { get; init; } = [];

    /// <summary>The state before the first look.</summary>
    /// <param name="options">How to judge.</param>
    /// <param name="history">What stable did before, in the order of the measures; measures beyond its end have no history.</param>
    public static JudgeState Start(JudgeOptions options, ImmutableArray<MeasureHistory> history)
    {
        var measures = options.Measures.Select((measure, i) => MeasureStart.From(
            measure, options.WeightOf(measure), options, i < history.Length ? history[i] : MeasureHistory.Empty));
        return new() { Measures = [.. measures] };
    }

    /// <summary>
    /// The state before the first look of a next run on the same release: evidence of harm goes on for each measure whose settings are the same, so that the
    /// whole release shares one budget of false alarms; evidence of safety, sums and all other measures begin anew.
    /// </summary>
    /// <param name="options">How to judge.</param>
    /// <param name="history">As for <see cref="Start"/>; of use for the measures that begin anew.</param>
    /// <param name="before">The last state of the run before.</param>
    public static JudgeState StartAfter(JudgeOptions options, ImmutableArray<MeasureHistory> history, JudgeState before)
    {
        var fresh = Start(options, history);
        var measures = fresh.Measures.Select(m => before.Measures.FirstOrDefault(b => b.Settings == m.Settings) is { } b ? MeasureStart.After(b) : m);
        return fresh with { Measures = [.. measures] };
    }

    /// <summary>The state as text of at most 8 KiB, beginning with the judge's version; numbers as their bits.</summary>
    public string Write() => JudgeStateText.Write(this);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to judge; the state has to come from the same settings.</param>
    /// <param name="state">The state; null if it cannot be used.</param>
    /// <param name="problem">Why it cannot be used, for people; empty if it can.</param>
    public static bool TryRead(string? text, JudgeOptions options, out JudgeState? state, out string problem)
    {
        state = JudgeStateText.Read(text, options, out problem);
        return state is not null;
    }
}
