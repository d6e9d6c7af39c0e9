using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Who owns an object.</summary>
internal static class Ownership
{
    /// <summary>The reference by which a Rollout owns what it makes.</summary>
    public static JsonObject ReferenceTo(RolloutTarget rollout) => new()
    {
        ["apiVersion"] = "argoproj.io/v1alpha1",
        ["kind"] = "Rollout",
        ["name"] = rollout.Name,
        ["uid"] = rollout.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>The uid of the object that controls another; null where none does.</summary>
    public static string? ControllerOf(JsonObject resource) =>
        resource.Objects("metadata", "ownerReferences").FirstOrDefault(o => o.Flag("controller")).Text("uid");
}
