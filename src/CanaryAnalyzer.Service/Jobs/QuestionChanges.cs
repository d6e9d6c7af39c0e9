using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>What the schedule of a run has to learn.</summary>
/// <param name="Asked">The questions that are new.</param>
/// <param name="Dropped">The metrics that aren't asked about any more.</param>
internal sealed record QuestionChanges(ImmutableArray<QuestionChanges.Opened> Asked, ImmutableArray<string> Dropped)
{
    /// <summary>Nothing.</summary>
    public static readonly QuestionChanges None = new([], []);

    /// <summary>A question that was opened.</summary>
    /// <param name="Slot">The question.</param>
    /// <param name="At">When to ask it, by the real clock.</param>
    internal sealed record Opened(MeasurementSlot Slot, DateTimeOffset At);
}
