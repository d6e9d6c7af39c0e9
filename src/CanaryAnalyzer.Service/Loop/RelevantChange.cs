using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using CanaryAnalyzer.Service.Policies;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>Tells whether a change of one object can change what is decided on others. A status that is written at each look must not wake all that its object concerns.</summary>
internal static class RelevantChange
{
    // What a look changes in a Rollout's status: it is shown, and no decision reads it. What decisions read of a gate and of its run stands beside it.
    private static readonly string[] ShownOfGate = ["look", "evidence", "threshold", "earliest", "verdict"];
    private static readonly string[] ShownOfRun = ["message"];
    private static readonly string[] Runs = ["currentStepAnalysisRunStatus", "currentBackgroundAnalysisRunStatus"];

    /// <summary>Whether a Rollout changed in more than what its status shows of the last look, which the reconcile that wrote it knew.</summary>
    public static bool ForItself(ResourceChange change) => !IsSameObject(change) || !IsSameRollout(change.Old!.Json, change.New!.Json);

    /// <summary>Whether an object came, goes or has another spec, which the API server counts as a generation.</summary>
    public static bool OfSpec(ResourceChange change) => !IsSameObject(change) || !HasSameSpec(change.Old!.Json, change.New!.Json);

    /// <summary>Whether a namespace came, goes or holds its promotions otherwise.</summary>
    public static bool OfNamespace(ResourceChange change) => !IsSameObject(change) || Hold(change.Old!) != Hold(change.New!);

    /// <summary>Whether a Rollout changed in what the PromotionPolicies of its namespace count or check.</summary>
    public static bool ForPolicies(ResourceChange change) => !IsSameObject(change) || GateFacts.Of(change.Old!) != GateFacts.Of(change.New!);

    /// <summary>Whether a policy takes an argument from the status of the Rollouts that it selects.</summary>
    public static bool ReadsStatus(CachedResource policy) => policy.As(PolicyReader.Read).Spec is { } spec
        && spec.Analysis.Arguments.Any(argument => argument.FieldPath?.TrimStart('{', '$', '.').StartsWith("status", StringComparison.Ordinal) == true);

    private static bool IsSameRollout(JsonObject old, JsonObject next)
    {
        if (!HasSameSpec(old, next) || !IsSame(old["metadata"], next["metadata"], "resourceVersion")) return false;
        var (before, after) = (old["status"], next["status"]);
        if (!IsSame(before, after, "canaryAnalyzer", "canary") || !IsSame(before.At("canaryAnalyzer"), after.At("canaryAnalyzer"), ShownOfGate)) return false;
        (before, after) = (before.At("canary"), after.At("canary"));
        return IsSame(before, after, [.. Runs, "release"])
            && Runs.All(run => IsSame(before.At(run), after.At(run), ShownOfRun))
            && IsSame(before.At("release"), after.At("release"), "analysisRun") && IsSame(before.At("release", "analysisRun"), after.At("release", "analysisRun"), ShownOfRun);
    }

    /// <summary>Whether two nodes are equal, but for some fields.</summary>
    private static bool IsSame(JsonNode? old, JsonNode? next, params ReadOnlySpan<string> but)
    {
        if (old is not JsonObject before || next is not JsonObject after) return JsonNode.DeepEquals(old, next);
        foreach (var (name, value) in before)
        {
            if (!but.Contains(name) && !(after.TryGetPropertyValue(name, out var other) && JsonNode.DeepEquals(value, other))) return false;
        }

        foreach (var (name, _) in after)
        {
            if (!but.Contains(name) && !before.ContainsKey(name)) return false;
        }

        return true;
    }

    private static bool IsSameObject(ResourceChange change) =>
        change is { Old: { } old, New: { } next } && old.Uid == next.Uid && old.IsBeingDeleted == next.IsBeingDeleted;

    // Without a generation there is nothing but the spec itself to compare.
    private static bool HasSameSpec(JsonObject old, JsonObject next) =>
        old.Generation() is > 0 and var generation ? generation == next.Generation() : JsonNode.DeepEquals(old["spec"], next["spec"]);

    private static string? Hold(CachedResource found) => found.Json.Annotations().GetValueOrDefault(Markers.Hold);
}
