using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Rollouts.Decisions;

/// <summary>
/// Puts the facts of one decision into few events: what belongs to the course of every update becomes one event with the reason of its most important fact, whose message
/// says that first and then the others in their order. Warnings, and whatever is not in the course of every update, have an event each.
/// </summary>
public static class EventSummary
{
    // The most important first.
    private static readonly ImmutableArray<string> Course =
    [
        "RolloutCompleted", "RolloutRetry", "RolloutUpdated", "RolloutPaused", "RolloutStepCompleted", "RolloutResumed", "SkipSteps", "NewReplicaSetCreated", "RolloutNotCompleted",
        "TrafficWeightUpdated", "SwitchService", "ScalingReplicaSet", "ScalingWorkload",
    ];

    /// <summary>The events to write.</summary>
    /// <param name="facts">What one decision, or several that led to one status, has to tell, in their order.</param>
    public static ImmutableArray<RolloutEvent> Of(IEnumerable<RolloutEvent> facts)
    {
        var all = facts.Distinct().ToList();
        var course = all.Where(IsOfCourse).ToList();
        if (course.Count < 2) return [.. all];
        var lead = course.MinBy(e => Course.IndexOf(e.Reason))!;
        var summary = lead with { Message = string.Join("; ", course.Where(e => e != lead).Prepend(lead).Select(e => e.Message)) };
        return [.. all.Where(e => e == lead || !IsOfCourse(e)).Select(e => e == lead ? summary : e)];
    }

    /// <summary>Whether a fact only accompanies a status that says as much: it can wait for it.</summary>
    public static bool IsIncidental(RolloutEvent fact) => !fact.IsWarning && fact.Reason is "TrafficWeightUpdated" or "SwitchService" or "ScalingReplicaSet";

    private static bool IsOfCourse(RolloutEvent fact) => !fact.IsWarning && Course.Contains(fact.Reason);
}
