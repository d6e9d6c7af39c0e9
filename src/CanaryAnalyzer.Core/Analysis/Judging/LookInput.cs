using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What one look sees.</summary>
/// <param name="Number">The look's number, from 1.</param>
/// <param name="Elapsed">Time from the start of the comparison to the end of the interval that is looked at.</param>
/// <param name="Measures">The counts of that interval, in the order of <see cref="JudgeOptions.Measures"/>; null where this look has no data.</param>
/// <param name="IsDeadline">Whether the caller wants an answer now: undecided becomes inconclusive. Reaching the maximal duration does the same.</param>
public sealed record LookInput(int Number, TimeSpan Elapsed, ImmutableArray<MeasureCounts?> Measures, bool IsDeadline = false)
{
    /// <summary>For each measure why the look has no data for it, in the order of the measures; measures beyond its end have none or for reasons unknown.</summary>
    public ImmutableArray<DataAbsence> Absences { get; init; } = [];

    /// <summary>Why the measure at the given place has no data.</summary>
    internal DataAbsence AbsenceOf(int measure) => !Absences.IsDefault && measure < Absences.Length ? Absences[measure] : DataAbsence.None;
}
