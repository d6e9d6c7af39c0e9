using System.Collections.Immutable;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Allocations;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Waits;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Decisions;

/// <summary>A decision in the making: the rules, in their order, each add what they want. Lives for one pass.</summary>
internal sealed class DecisionDraft
{
    private readonly ImmutableArray<Effect>.Builder effects = ImmutableArray.CreateBuilder<Effect>();
    private readonly ImmutableArray<RolloutEvent>.Builder events = ImmutableArray.CreateBuilder<RolloutEvent>();
    private readonly Func<DecisionDraft, Allocation> allocate;
    private DateTimeOffset? lookAgainAt;

    public DecisionDraft(RolloutObservation seen, RolloutSpec spec, DateTimeOffset now, Func<DecisionDraft, Allocation> allocate)
    {
        this.allocate = allocate;
        Seen = seen;
        Spec = spec;
        Now = now;
        Status = seen.Status;
    }

    public RolloutObservation Seen { get; }

    public RolloutSpec Spec { get; }

    public DateTimeOffset Now { get; }

    /// <summary>The present instant as Kubernetes can write it.</summary>
    public DateTimeOffset Stamp => KubernetesTime.RoundUp(Now);

    /// <summary>The next status so far.</summary>
    public RolloutStatus Status { get; set; }

    /// <summary>The step that this pass finished; null where it finished none.</summary>
    public int? FinishedStep { get; set; }

    /// <summary>
    /// The step whose pods, weights and runs this pass brings about, or the number of steps. One that is finished stays so until that is written: otherwise a
    /// pass that was cut off would leave the next step's weights and runs to a status that knows only this one.
    /// </summary>
    public int StepAtWork => FinishedStep ?? Status.CurrentStepIndex ?? Spec.Strategy.StepCount;

    /// <summary>The wanted version; null before its ReplicaSet is there.</summary>
    public ReplicaSetObservation? Current { get; set; }

    /// <summary>The stable version; null before the first was up.</summary>
    public ReplicaSetObservation? Stable { get; set; }

    /// <summary>The wanted version's revision.</summary>
    public int Revision { get; set; }

    /// <summary>Why this pass aborted, for the message; empty otherwise.</summary>
    public string AbortDetail { get; set; } = "";

    /// <summary>Who aborted in this pass, as a release's record names it.</summary>
    public string AbortedBy { get; set; } = "";

    /// <summary>Whether this pass finished a step or changed the version, which restarts the progress deadline.</summary>
    public bool MadeProgress { get; set; }

    /// <summary>Whether the wanted version has just been found to differ from the last pass.</summary>
    public bool IsNewVersion { get; set; }

    /// <summary>Whether a person lifted an abort.</summary>
    public bool IsRetry { get; set; }

    /// <summary>
    /// Whether this pass acts on a run that still measures. It is ended by the next one then: if it were ended now and the status not written, its end would be
    /// taken for its result.
    /// </summary>
    public bool EndsRunsLater { get; set; }

    /// <summary>Why no policy can act at the present pause; null where one can, or there is none.</summary>
    public GateProblem? PolicyProblem { get; set; }

    /// <summary>Since when a promotion that is held back is known to be safe; null where none is.</summary>
    public DateTimeOffset? SafeSince { get; set; }

    /// <summary>What the step at work waits for; null where it waits for nothing.</summary>
    public Wait? StepWait { get; set; }

    /// <summary>What the release waits for; null where it is not in progress.</summary>
    public Wait? Wait { get; set; }

    public IReadOnlyList<Effect> Effects => effects;

    public IEnumerable<ReplicaSetObservation> Others => Seen.ReplicaSets.Where(r => r != Current && r != Stable);

    /// <summary>Whether an analysis without a result holds the update until a person decides.</summary>
    public bool IsHalted => Status.PauseConditions.Any(p => p.Reason == PauseCondition.InconclusiveAnalysis);

    public bool IsAborted => Status.Abort && !Status.IsFullyPromoted;

    /// <summary>
    /// Whether the rules may be applied to the next status at once: this pass finished a step, nothing that it wants has to be seen first, and it follows the
    /// same runs as
    /// before, since one that is no longer followed may only be ended and deleted once that is written.
    /// </summary>
    public bool MayContinue => FinishedStep is not null && effects.Count == 0 && !EndsRunsLater && !IsAborted && Followed(Seen.Status) == Followed(Status);

    /// <summary>How the strategy spreads pods and traffic, given the decision so far.</summary>
    public Allocation Allocate() => allocate(this);

    public void Do(Effect effect) => effects.Add(effect);

    /// <summary>Puts an effect in the place of another one.</summary>
    public void Replace(Effect effect, Effect other) => effects[effects.IndexOf(effect)] = other;

    public void Tell(string reason, string message) => events.Add(new RolloutEvent(reason, message));

    public void Tell(GateEvent fact) => events.Add(new RolloutEvent(fact.Reason, fact.Message, fact.IsWarning));

    public void Warn(string reason, string message) => events.Add(new RolloutEvent(reason, message, IsWarning: true));

    /// <summary>Asks to look again at an instant, or earlier; one that has passed asks at once.</summary>
    public void LookAgain(DateTimeOffset at)
    {
        if (lookAgainAt is not { } earlier || at < earlier) lookAgainAt = at;
    }

    private static (string?, string?, string?) Followed(RolloutStatus status) => (status.StepRun?.Name, status.BackgroundRun?.Name, status.Release?.Run?.Name);

    public RolloutDecision Finish() => new(Status, effects.ToImmutable(), events.ToImmutable(), lookAgainAt);
}
