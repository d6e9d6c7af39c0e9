using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Explaining;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>How far a comparison has come within one call.</summary>
internal sealed class CompareProgress
{
    private CompareProgress(CompareMemory memory) => Memory = memory;

    public CompareMemory Memory { get; set; }

    /// <summary>The judge's state; null before history was read.</summary>
    public JudgeState? Judge { get; set; }

    /// <summary>What the last look of this call came to; null where there was none.</summary>
    public LookResult? Last { get; set; }

    /// <summary>Why a due look could not be taken; null where all was well.</summary>
    public string? Failure { get; set; }

    /// <summary>What the last look has to say beside its verdict.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Why sides have no series, as far as a look found it out.</summary>
    public List<MissingNote> Missing { get; } = [];

    /// <summary>Why the evidence begins anew with this call; null where it goes on.</summary>
    public string? Anew { get; set; }

    /// <summary>What is wrong or missing in the last look's data.</summary>
    public List<DataFlag> Flags { get; } = [];

    /// <summary>The queries of the last look.</summary>
    public ImmutableArray<string> Queries { get; set; } = [];

    /// <summary>Whether a verdict has ended the measurement.</summary>
    public bool Ended { get; set; }

    /// <summary>What the measurement so far says.</summary>
    public static CompareProgress Of(ComparePlan plan)
    {
        var progress = Remembered(plan);
        progress.Missing.AddRange(MissingNote.Read(plan.Request.Previous?.Metadata.GetValueOrDefault(MetadataKeys.Missing)));
        return progress;
    }

    private static CompareProgress Remembered(ComparePlan plan)
    {
        var measures = plan.Spec.Measures.Length;
        if (plan.Request.Previous is not { } previous) return new CompareProgress(CompareMemory.Begin(measures));
        var memory = CompareMemory.TryRead(previous.Metadata.GetValueOrDefault(MetadataKeys.State), measures);
        if (memory is { Judge: null }) return new CompareProgress(memory);
        var problem = "what was remembered can't be read";
        if (memory is not null && JudgeState.TryRead(memory.Judge, plan.Options, out var judge, out problem)) return new CompareProgress(memory) { Judge = judge };

        // The grid goes on, at its first instant that has not passed; evidence of other settings or of another judge would not be evidence.
        var next = Math.Max(0, (int)Math.Ceiling((plan.Request.Now - plan.StartedAt) / plan.Spec.Interval));
        return new CompareProgress(CompareMemory.Begin(measures, next)) { Anew = $"the evidence begins anew: {problem.TrimEnd('.')}" };
    }
}
