using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>The release under way: the chain of its judged runs, and what its end will tell of. One from the first pass of a version, or a retry, to its end.</summary>
public sealed record ReleaseStatus
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The run that looks on for harm where no judged pause is at work; null while none does.</summary>
    public AnalysisRunReference? Run { get; init; }

    /// <summary>The last run that gathered evidence about this release, from which the next one goes on; empty before any.</summary>
    public string LastRun { get; init; } = "";

    /// <summary>The policy of <see cref="LastRun"/>.</summary>
    public string LastPolicy { get; init; } = "";

    /// <summary>The run of the last judged pause; empty before any.</summary>
    public string LastPauseRun { get; init; } = "";

    /// <summary>Why the next run begins a new budget of false alarms, although the release had one; empty where it goes on.</summary>
    public string Anew { get; init; } = "";

    /// <summary>Since when a run ought to look on and none does; null while one does, or none ought to.</summary>
    public DateTimeOffset? UnwatchedSince { get; init; }

    /// <summary>The step at work when last seen; null before any, and without steps.</summary>
    public int? Step { get; init; }

    /// <summary>Since when that step is at work, by the real clock and to the microsecond: a command that was started earlier was not meant for it.</summary>
    public DateTimeOffset? StepSince { get; init; }

    /// <summary>The canary's shares so far, oldest first; the last ones where there were many.</summary>
    public ImmutableArray<WeightChange> Weights { get; init; } = [];

    /// <summary>What people decided over the judge's head, each in a few words.</summary>
    public ImmutableArray<string> Overruled { get; init; } = [];
}
