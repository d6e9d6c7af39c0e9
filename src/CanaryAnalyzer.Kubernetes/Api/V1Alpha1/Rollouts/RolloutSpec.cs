using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>What a Rollout is to deliver, and how.</summary>
public sealed class RolloutSpec
{
    /// <summary>Number of desired pods; if absent, the controller writes the size of the referenced workload, else 1.</summary>
    [Range(0, int.MaxValue)]
    public int? Replicas { get; set; }

    /// <summary>Selects the Rollout's pods; can't be changed, and is taken from the referenced workload if absent.</summary>
    public LabelSelector? Selector { get; set; }

    /// <summary>The pod template; absent where workloadRef names a workload that has it.</summary>
    [PodTemplate]
    public JsonElement? Template { get; set; }

    /// <summary>A workload whose pod template is delivered instead of the Rollout's own.</summary>
    public WorkloadReference? WorkloadRef { get; set; }

    /// <summary>Seconds for which a new pod must be ready before it counts as available; 0 if absent.</summary>
    [Range(0, int.MaxValue)]
    public int? MinReadySeconds { get; set; }

    /// <summary>How far back a return to an earlier revision skips steps and analysis.</summary>
    public Window? RollbackWindow { get; set; }

    /// <summary>How a new version replaces the old one; exactly one of its members is set.</summary>
    public RolloutStrategy? Strategy { get; set; }

    /// <summary>Number of old ReplicaSets without pods to keep; 10 if absent.</summary>
    [Range(0, int.MaxValue)]
    public int? RevisionHistoryLimit { get; set; }

    /// <summary>Holds the release where it is.</summary>
    public bool? Paused { get; set; }

    /// <summary>Seconds without progress after which the release counts as failed; 600 if absent, must exceed minReadySeconds.</summary>
    [Range(1, int.MaxValue)]
    public int? ProgressDeadlineSeconds { get; set; }

    /// <summary>Aborts the release at the progress deadline instead of only reporting it.</summary>
    public bool? ProgressDeadlineAbort { get; set; }

    /// <summary>Pods created before this instant are evicted.</summary>
    public DateTimeOffset? RestartAt { get; set; }

    /// <summary>How many finished AnalysisRuns and Experiments to keep.</summary>
    public RunHistory? Analysis { get; set; }

    /// <summary>Names the workload whose pod template is delivered.</summary>
    public sealed class WorkloadReference
    {
        /// <summary>API group and version of the workload.</summary>
        public string? ApiVersion { get; set; }

        /// <summary>Deployment, ReplicaSet or PodTemplate.</summary>
        public string? Kind { get; set; }

        /// <summary>Name of the workload, in the Rollout's namespace.</summary>
        public string? Name { get; set; }

        /// <summary>Whether the workload gives up its pods: never (also if absent), onsuccess or progressively.</summary>
        public string? ScaleDown { get; set; }
    }

    /// <summary>How far back a return to an earlier revision is a fast one.</summary>
    public sealed class Window
    {
        /// <summary>Number of revisions.</summary>
        public int? Revisions { get; set; }
    }

    /// <summary>How many finished AnalysisRuns and Experiments a Rollout keeps.</summary>
    public sealed class RunHistory
    {
        /// <summary>Number of successful ones; 5 if absent.</summary>
        public int? SuccessfulRunHistoryLimit { get; set; }

        /// <summary>Number of failed, inconclusive and erroneous ones; 5 if absent.</summary>
        public int? UnsuccessfulRunHistoryLimit { get; set; }
    }
}
