using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// What a judge remembers between two looks: sums and evidence, no series. Written and read again it goes on with exactly the same numbers.
/// </summary>
public sealed record JudgeState
{
    internal JudgeState()
    {
    }

    /// <summary>The version of the judge under which it began and goes on.</summary>
    public required string Version { get; init; }

    /// <summary>Number of the last look; 0 before the first.</summary>
    public int LastLook { get; internal init; }

    /// <summary>The highest that the weakest required evidence of safety has been, as a natural logarithm.</summary>
    internal double BestSafe { get; init; } = double.NegativeInfinity;

    /// <summary>The highest that the combined evidence of harm has been, as a natural logarithm, over all runs that share the budget.</summary>
    internal double BestHarm { get; init; }

    /// <summary>Which planned looks were taken, under a version that plans them.</summary>
    internal PlannedLooks Planned { get; init; } = PlannedLooks.None;

    /// <summary>The constants of its version.</summary>
    internal SeqSettings Settings => SeqSettings.Find(Version)!;

    /// <summary>The measures, in the order of the options.</summary>
    internal MeasureState[] Measures { get; init; } = [];

    /// <summary>Whether both sides are in an incident together, by some measure.</summary>
    internal bool IsWorseOnBothSides => Array.Exists(Measures, m => m.IsWorseOnBothSides);

    /// <summary>The state before the first look.</summary>
    /// <param name="options">How to judge.</param>
    /// <param name="history">What stable did before, in the order of the measures; measures beyond its end have no history.</param>
    /// <exception cref="ArgumentException">There is no such version of the judge.</exception>
    public static JudgeState Start(JudgeOptions options, ImmutableArray<MeasureHistory> history)
    {
        var settings = SeqSettings.Find(options.Version)
            ?? throw new ArgumentException($"There is no judge {options.Version}; there are {string.Join(", ", JudgeVersions.All)}.", nameof(options));
        var setups = MeasureSetup.Of(options, settings);
        return new()
        {
            Version = settings.Version,
            Measures = [.. setups.Select((setup, i) => MeasureKinds.Start(setup, !history.IsDefault && i < history.Length ? history[i] : MeasureHistory.Empty))],
        };
    }

    /// <summary>
    /// The state before the first look of a next run on the same release: evidence of harm goes on for each measure whose settings are the same, so that the
    /// whole release shares one budget of false alarms; evidence of safety, sums and all other measures begin anew.
    /// </summary>
    /// <param name="options">How to judge.</param>
    /// <param name="history">As for <see cref="Start"/>; of use for the measures that begin anew.</param>
    /// <param name="carriedText">What the last state of the run before wrote; null or unreadable: all begins anew.</param>
    /// <param name="note">What begins anew and why, for people; empty where all goes on, and where there was nothing to go on from.</param>
    public static JudgeState StartAfter(JudgeOptions options, ImmutableArray<MeasureHistory> history, string? carriedText, out string note)
    {
        var fresh = Start(options, history);
        note = "";
        return string.IsNullOrEmpty(carriedText) ? fresh : CarriedEvidence.Into(fresh, carriedText, out note);
    }

    /// <summary>
    /// Bounds in seconds at which a measure of latency is watched and which the counts lack, as where a pod with other buckets came in the middle: a look with them has no
    /// data. Empty where they can be used.
    /// </summary>
    /// <param name="measure">The measure's place in the options.</param>
    /// <param name="counts">What a look counted.</param>
    public ImmutableArray<double> MissingBounds(int measure, MeasureCounts counts) => Measures[measure].MissingBounds(counts);

    /// <summary>The state as text of at most 9 KiB, beginning with the judge's version; numbers as their bits.</summary>
    public string Write() => JudgeStateText.Write(this);

    /// <summary>Reads what <see cref="Write"/> wrote. It goes on under the version with which it began, whichever the options name.</summary>
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
