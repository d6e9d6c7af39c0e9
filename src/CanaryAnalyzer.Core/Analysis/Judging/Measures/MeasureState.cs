using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;

namespace CanaryAnalyzer.Core.Analysis.Judging.Measures;

/// <summary>One measure as far as it has been judged. A kind of measure is a class of these; each look makes the next state of the one before.</summary>
/// <param name="Setup">Under what it is judged.</param>
internal abstract record MeasureState(MeasureSetup Setup)
{
    /// <summary>Looks so far, with data or without.</summary>
    public int Looks { get; init; }

    /// <summary>Requests of the canary since the first look of the run, warm-up included.</summary>
    public long CanaryRequests { get; init; }

    /// <summary>Natural logarithm of the measure's own evidence of harm; for traffic, of a wrong split.</summary>
    public abstract double LogEvidence { get; }

    /// <summary>Whether nothing is watched yet: it waits for its warm-up or its first data.</summary>
    public virtual bool IsUnknown => false;

    /// <summary>Whether it can never be shown safe, because its buckets are too coarse.</summary>
    public virtual bool IsTooCoarse => false;

    /// <summary>Whether nothing may be promoted on such data.</summary>
    public virtual bool ForbidsPromotion => false;

    /// <summary>Whether both sides are in an incident together.</summary>
    public virtual bool IsWorseOnBothSides => false;

    /// <summary>Natural logarithm of its weakest evidence of safety; negative infinity where none can be shown, positive infinity where none is needed.</summary>
    public abstract double LogSafe { get; }

    /// <summary>The state after a look, and whether the look had data for this measure.</summary>
    /// <param name="counts">What the look saw; null where it has no data.</param>
    /// <param name="elapsed">Time since the start.</param>
    /// <param name="spendable">At a planned look, the error level that may be spent on showing safety up to it; null at every other look.</param>
    public abstract (MeasureState State, bool HasData) Take(MeasureCounts? counts, TimeSpan elapsed, double? spendable);

    /// <summary>Bounds in seconds at which it counts and which the counts lack, so that it can't use them; empty where it can.</summary>
    public virtual ImmutableArray<double> MissingBounds(MeasureCounts counts) => [];

    /// <summary>Adds its parts of the combined evidence of harm.</summary>
    /// <param name="measure">The measure's index.</param>
    /// <param name="parts">Receives them.</param>
    public virtual void AddParts(int measure, List<HarmPart> parts)
    {
        if (Setup.Weight > 0)
            parts.Add(new(measure, Math.Log(Setup.Weight) + LogEvidence));
    }

    /// <summary>
    /// Whether the counts could not even show a canary safe that is exactly like stable: those so far, or under a version that plans its looks those that are expected by
    /// the end.
    /// </summary>
    /// <param name="options">How to judge.</param>
    /// <param name="elapsed">Time since the start.</param>
    public virtual bool IsStarved(JudgeOptions options, TimeSpan elapsed) => false;

    /// <summary>The state before the first look of the next run of the same release: evidence of harm goes on, safety and sums begin anew.</summary>
    public abstract MeasureState ForNextRun();

    /// <summary>The measure in numbers.</summary>
    public abstract MeasureReport Report(MeasureLook look);

    /// <summary>Writes what a later <see cref="MeasureKinds.Read"/> needs beside the setup.</summary>
    public abstract void Write(StateWriter to);
}
