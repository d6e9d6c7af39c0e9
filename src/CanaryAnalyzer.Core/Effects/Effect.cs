using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Core.Effects;

/// <summary>
/// One change that a decision wants made. Each states a target, so that making it twice is making it once. Closed: the kinds are those nested here.
/// Effects are made in their order, and the first that fails ends the pass.
/// </summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Makes a version's ReplicaSet.</summary>
    public sealed record CreateReplicaSet : Effect
    {
        /// <summary>Its name.</summary>
        public required string Name { get; init; }

        /// <summary>Its pod hash.</summary>
        public required string Hash { get; init; }

        /// <summary>Its revision.</summary>
        public required int Revision { get; init; }

        /// <summary>Its pod template as JSON, without the hash label.</summary>
        public required string Template { get; init; }

        /// <summary>What the template was before the API server's defaults, as a digest; empty where that is not known.</summary>
        public string Origin { get; init; } = "";

        /// <summary>The selector of its pods as JSON, without the hash label.</summary>
        public string Selector { get; init; } = "{}";

        /// <summary>The pods that it shall have.</summary>
        public int Replicas { get; init; }

        /// <summary>The Rollout's replicas, kept beside it; null where its owner is no Rollout.</summary>
        public int? RolloutReplicas { get; init; }

        /// <summary>Its minReadySeconds.</summary>
        public int MinReadySeconds { get; init; }
    }

    /// <summary>Brings a ReplicaSet to the wanted size and annotations.</summary>
    public sealed record UpdateReplicaSet : Effect
    {
        /// <summary>Its name.</summary>
        public required string Name { get; init; }

        /// <summary>The pods that it shall have; null leaves them.</summary>
        public int? Replicas { get; init; }

        /// <summary>The Rollout's replicas, kept beside each scaling; null leaves them.</summary>
        public int? RolloutReplicas { get; init; }

        /// <summary>What becomes of its scale-down date.</summary>
        public DeadlineChange Deadline { get; init; } = DeadlineChange.Keep;

        /// <summary>Its revision and, separated by commas, the former ones; null leaves them.</summary>
        public (int Revision, string History)? Revision { get; init; }

        /// <summary>Its minReadySeconds; null leaves them.</summary>
        public int? MinReadySeconds { get; init; }
    }

    /// <summary>Makes the target the owner of a ReplicaSet that nobody owns; its pods are left as they are.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record AdoptReplicaSet(string Name) : Effect;

    /// <summary>Gives up the ownership of a ReplicaSet; its pods are left as they are.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record ReleaseReplicaSet(string Name) : Effect;

    /// <summary>Deletes a ReplicaSet without pods.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record DeleteReplicaSet(string Name) : Effect;

    /// <summary>Points a Service at one version.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Hash">The version's pod hash.</param>
    public sealed record SelectVersion(string Name, string Hash) : Effect;

    /// <summary>Takes the version out of a Service's selector, and the note of who manages it: it selects by the user's labels again.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record ReleaseService(string Name) : Effect;

    /// <summary>Holds back a deletion of the Rollout until <see cref="RemoveFinalizer"/>.</summary>
    public sealed record AddFinalizer : Effect;

    /// <summary>Lets the Rollout go. The last effect on a Rollout that is being deleted; no status is written after it.</summary>
    public sealed record RemoveFinalizer : Effect;

    /// <summary>Gives the canary a share of a route's traffic, and the stable version the rest.</summary>
    /// <param name="Route">The route.</param>
    /// <param name="CanaryService">The canary Service's name.</param>
    /// <param name="StableService">The stable Service's name.</param>
    /// <param name="CanaryWeight">The share in percent.</param>
    public sealed record SetRouteWeight(RouteReference Route, string CanaryService, string StableService, int CanaryWeight) : Effect;

    /// <summary>Gives the referenced workload a size.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Replicas">The pods that it shall have.</param>
    public sealed record ScaleWorkload(string Name, int Replicas) : Effect;

    /// <summary>Writes <c>spec.replicas</c> into a Rollout that has none: without it the API server refuses to scale it.</summary>
    /// <param name="Replicas">The pods that it shall have.</param>
    public sealed record SetReplicas(int Replicas) : Effect;

    /// <summary>Writes the Rollout's revision into its annotations.</summary>
    /// <param name="Revision">The revision.</param>
    public sealed record AnnotateRevision(int Revision) : Effect;

    /// <summary>Makes an AnalysisRun.</summary>
    public sealed record CreateAnalysisRun : Effect
    {
        /// <summary>Its name.</summary>
        public required string Name { get; init; }

        /// <summary>What it is for.</summary>
        public required AnalysisRunKind Kind { get; init; }

        /// <summary>The version that it judges.</summary>
        public required string PodHash { get; init; }

        /// <summary>The revision that it judges.</summary>
        public required int Revision { get; init; }

        /// <summary>The step that it is made at; null for background runs.</summary>
        public int? StepIndex { get; init; }

        /// <summary>The templates and what belongs to them; its arguments have values.</summary>
        public required RolloutAnalysis Analysis { get; init; }

        /// <summary>For a judged run what its policy and templates are now; else empty.</summary>
        public string Fingerprint { get; init; } = "";

        /// <summary>For a judged run the one before on the same release, whose evidence of harm it goes on from; empty where it begins anew, and for other kinds.</summary>
        public string Continues { get; init; } = "";

        /// <summary>For a judged run why it begins anew although the release had one before; else empty.</summary>
        public string Anew { get; init; } = "";

        /// <summary>Whether it judges at the release's last pause.</summary>
        public bool IsLastPause { get; init; }

        /// <summary>For a judged run its policy; else empty.</summary>
        public string Policy { get; init; } = "";

        /// <summary>For a judged pause the instant at which an undecided judge hands it over.</summary>
        public DateTimeOffset? Deadline { get; init; }
    }

    /// <summary>Writes what became of a release into its ReplicaSet's annotations, over what stands there of an earlier one.</summary>
    /// <param name="ReplicaSet">The ReplicaSet's name.</param>
    /// <param name="Record">The record as JSON, at most 2 KiB.</param>
    public sealed record RecordRelease(string ReplicaSet, string Record) : Effect;

    /// <summary>Tells an AnalysisRun to end.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record TerminateAnalysisRun(string Name) : Effect;

    /// <summary>Deletes an AnalysisRun that has ended.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record DeleteAnalysisRun(string Name) : Effect;
}
