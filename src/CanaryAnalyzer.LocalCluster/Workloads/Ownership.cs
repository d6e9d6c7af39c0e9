using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Selecting;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Owner references: who controls what, and the adoption of what nobody controls.</summary>
internal static class Ownership
{
    public static JsonObject? Controller(JsonObject @object) => @object.ObjectsAt("metadata", "ownerReferences").FirstOrDefault(o => o.FlagAt("controller"));

    public static JsonObject Reference(StoredObject owner) => new()
    {
        ["apiVersion"] = owner.Json.TextAt("apiVersion"), ["kind"] = owner.Json.TextAt("kind"), ["name"] = owner.Key.Name, ["uid"] = owner.Uid,
        ["controller"] = true, ["blockOwnerDeletion"] = true,
    };

    /// <summary>The objects of a kind that the owner controls; those that match its selector and have no controller become its own.</summary>
    public static IReadOnlyList<StoredObject> Claim(ObjectWriter writer, StoredObject owner, ResourceKind kind)
    {
        var selector = LabelSelector.OfObject(owner.Json.ObjectAt("spec", "selector"));
        var owned = new List<StoredObject>();
        foreach (var candidate in writer.Store.List(kind.Resource, owner.Key.Namespace).Objects)
        {
            var controller = Controller(candidate.Json);
            if (controller is not null ? controller.TextAt("uid") == owner.Uid : Adopts(writer, owner, selector, kind, candidate))
                owned.Add(writer.Store.Get(candidate.Key) ?? candidate);
        }

        return owned;
    }

    private static bool Adopts(ObjectWriter writer, StoredObject owner, LabelSelector selector, ResourceKind kind, StoredObject candidate)
    {
        if (owner.IsTerminating || candidate.IsTerminating || !selector.Matches(candidate.Json.ObjectAt("metadata", "labels")))
            return false;
        writer.TryUpdate(kind, candidate.Key, next =>
        {
            var references = next.ArrayAt("metadata", "ownerReferences");
            if (references is null)
                next.Ensure("metadata")["ownerReferences"] = references = [];
            references.Add(Reference(owner));
        });
        return true;
    }
}
