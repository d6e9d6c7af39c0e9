using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Who owns an object.</summary>
internal static class Ownership
{
    /// <summary>The reference by which an object owns what is made for it.</summary>
    public static JsonObject ReferenceTo(OwnerReference owner) => new()
    {
        ["apiVersion"] = owner.ApiVersion,
        ["kind"] = owner.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>The uid of the object that controls another; null where none does.</summary>
    public static string? ControllerOf(JsonObject resource) =>
        resource.Objects("metadata", "ownerReferences").FirstOrDefault(o => o.Flag("controller")).Text("uid");
}
