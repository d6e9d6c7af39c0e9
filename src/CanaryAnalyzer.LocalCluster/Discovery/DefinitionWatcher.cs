using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Discovery;

/// <summary>Registers the kinds of a CustomResourceDefinition when it is written and marks it as established.</summary>
internal sealed class DefinitionWatcher(ResourceRegistry registry, TimeProvider time)
{
    /// <summary>What is to be stored for a definition, its kinds registered.</summary>
    public void Accept(System.Text.Json.Nodes.JsonObject definition)
    {
        var now = time.GetUtcNow().Timestamp();
        var status = definition.Ensure("status");
        status["acceptedNames"] = definition.At("spec", "names")?.DeepClone();
        status["storedVersions"] = new System.Text.Json.Nodes.JsonArray(
            [.. definition.ObjectsAt("spec", "versions").Where(v => v.FlagAt("storage")).Select(v => v["name"]!.DeepClone())]);
        if (status.ArrayAt("conditions") is null)
            status["conditions"] = new System.Text.Json.Nodes.JsonArray(
                Condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
                Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now));
        registry.Register(CustomKinds.Resource(definition), CustomKinds.Of(definition.Copy()));
    }

    /// <summary>Forgets the kinds of a removed definition; its objects go with it.</summary>
    public void Remove(string resource, IObjectStore store)
    {
        registry.Unregister(resource);
        foreach (var left in store.List(resource).Objects)
            store.Change(left.Key, _ => null);
    }

    private static System.Text.Json.Nodes.JsonObject Condition(string type, string reason, string message, string now) => new()
    {
        ["type"] = type, ["status"] = "True", ["lastTransitionTime"] = now, ["reason"] = reason, ["message"] = message,
    };
}
