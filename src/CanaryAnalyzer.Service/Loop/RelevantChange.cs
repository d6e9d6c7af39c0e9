using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>Tells whether a change of one object can change what is decided on others. A status that is written at each look must not wake all that its object concerns.</summary>
internal static class RelevantChange
{
    /// <summary>Whether a Rollout changed in more than what its status shows of the last look, which the reconcile that wrote it knew.</summary>
    public static bool ForItself(ResourceChange change) => !IsSameObject(change) || change.Old!.As(RolloutDigest.Of) != change.New!.As(RolloutDigest.Of);

    /// <summary>Whether an object came, goes or has another spec.</summary>
    public static bool OfSpec(ResourceChange change) => !IsSameObject(change) || change.Old!.As(SpecVersion.Of) != change.New!.As(SpecVersion.Of);

    /// <summary>Whether a namespace came, goes or holds its promotions otherwise.</summary>
    public static bool OfNamespace(ResourceChange change) => !IsSameObject(change) || Hold(change.Old!) != Hold(change.New!);

    /// <summary>Whether a Rollout changed in what the PromotionPolicies of its namespace count or check.</summary>
    public static bool ForPolicies(ResourceChange change) => !IsSameObject(change) || PolicyFacts.Of(change.Old!) != PolicyFacts.Of(change.New!);

    /// <summary>Whether a policy takes an argument from the status of the Rollouts that it selects.</summary>
    public static bool ReadsStatus(CachedResource policy) => policy.As(PolicyReader.Read).Spec is { } spec
        && spec.Analysis.Arguments.Any(argument => argument.FieldPath?.TrimStart('{', '$', '.', '[', '\'', '"').StartsWith("status", StringComparison.Ordinal) == true);

    private static bool IsSameObject(ResourceChange change) =>
        change is { Old: { } old, New: { } next } && old.Uid == next.Uid && old.IsBeingDeleted == next.IsBeingDeleted;

    private static string? Hold(CachedResource found) => found.Json.Annotations().GetValueOrDefault(Markers.Hold);
}
