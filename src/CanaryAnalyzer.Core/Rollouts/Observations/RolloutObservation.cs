using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>All that a decision about one Rollout may know, read at one moment.</summary>
public sealed record RolloutObservation
{
    /// <summary>
    /// The real clock's instant when this was read, which people's commands are compared with; null for the instant of the decision, which may be behind it.
    /// </summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>Which Rollout it is.</summary>
    public required RolloutIdentity Identity { get; init; }

    /// <summary>What it asks for; null where it could not be read.</summary>
    public RolloutSpec? Spec { get; init; }

    /// <summary>The number of pods to write into <c>spec.replicas</c>, where the Rollout leaves it out; null where it gives one.</summary>
    public int? UnsetReplicas { get; init; }

    /// <summary>What is wrong with the spec or with the analysis templates that it names.</summary>
    public ImmutableArray<SpecError> Errors { get; init; } = [];

    /// <summary>Fields that nobody reads, each as a sentence with its path.</summary>
    public ImmutableArray<string> UnknownFields { get; init; } = [];

    /// <summary>The status of the last pass.</summary>
    public required RolloutStatus Status { get; init; }

    /// <summary>The wanted pod template; null where the workload is missing.</summary>
    public PodTemplate? Template { get; init; }

    /// <summary>The hash of the steps as they stand in the resource.</summary>
    public string StepHash { get; init; } = "";

    /// <summary>Whether another object already has the name that the wanted version's ReplicaSet would get.</summary>
    public bool IsNameTaken { get; init; }

    /// <summary>The referenced workload; null where the template is inline, or the workload is missing.</summary>
    public WorkloadObservation? Workload { get; init; }

    /// <summary>The Rollout's own ReplicaSets.</summary>
    public ImmutableArray<ReplicaSetObservation> ReplicaSets { get; init; } = [];

    /// <summary>Names of ReplicaSets that its selector matches and that nobody owns: a Rollout before it left them behind.</summary>
    public ImmutableArray<string> Orphans { get; init; } = [];

    /// <summary>Names of ReplicaSets that it owns and that its selector no longer matches; not among <see cref="ReplicaSets"/>.</summary>
    public ImmutableArray<string> Strays { get; init; } = [];

    /// <summary>
    /// What is wrong with the pods of these ReplicaSets, the worst first; empty where nothing is, and where the controller may not read pods. A pod that crashed
    /// and is ready again remains in it for as long as its node reports the crash.
    /// </summary>
    public ImmutableArray<PodProblem> PodProblems { get; init; } = [];

    /// <summary>The canary Service; null where there is none.</summary>
    public ServiceObservation? CanaryService { get; init; }

    /// <summary>The stable Service; null where there is none.</summary>
    public ServiceObservation? StableService { get; init; }

    /// <summary>The routes in the spec's order; one that is missing says so.</summary>
    public ImmutableArray<RouteObservation> Routes { get; init; } = [];

    /// <summary>The Rollout's own AnalysisRuns.</summary>
    public ImmutableArray<AnalysisRunObservation> Runs { get; init; } = [];

    /// <summary>The PromotionPolicies that select the Rollout, by name.</summary>
    public ImmutableArray<PolicyObservation> Policies { get; init; } = [];

    /// <summary>Whether the namespace holds all promotions.</summary>
    public bool IsNamespaceHeld { get; init; }
}
