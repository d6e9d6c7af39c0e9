using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Hashing;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Compares pod templates without what a rollout controller added to them.</summary>
internal static class TemplateComparison
{
    /// <summary>A template in its canonical form, without the hash label, injected metadata and injected anti-affinity.</summary>
    /// <param name="template">The template.</param>
    /// <param name="injected">The metadata that was injected, as its annotation has it; null where none was.</param>
    public static string Canonical(JsonObject template, string? injected)
    {
        var copy = (JsonObject)template.DeepClone();
        (copy.At("metadata", "labels") as JsonObject)?.Remove(Markers.PodHash);
        (copy["metadata"] as JsonObject)?.Remove("creationTimestamp");
        if (injected is not null) RemoveInjected(copy, injected);
        RemoveInjectedAffinity(copy);

        // The API server mirrors the one into the other.
        (copy["spec"] as JsonObject)?.Remove("serviceAccount");
        return CanonicalJson.Write(JsonSerializer.SerializeToElement(copy));
    }

    private static void RemoveInjected(JsonObject template, string injected)
    {
        JsonNode? added;
        try
        {
            added = JsonNode.Parse(injected);
        }
        catch (JsonException)
        {
            return;
        }

        foreach (var part in (string[])["labels", "annotations"])
        {
            foreach (var name in added.Texts(part).Keys) (template.At("metadata", part) as JsonObject)?.Remove(name);
        }
    }

    private static void RemoveInjectedAffinity(JsonObject template)
    {
        if (template.At("spec", "affinity", "podAntiAffinity") is not JsonObject affinity) return;
        foreach (var list in affinity.Select(m => m.Value).OfType<JsonArray>().ToList())
        {
            foreach (var term in list.OfType<JsonObject>().Where(IsInjected).ToList()) list.Remove(term);
        }
    }

    private static bool IsInjected(JsonObject term) =>
        (term["podAffinityTerm"] as JsonObject ?? term).Objects("labelSelector", "matchExpressions").Any(e => e.Text("key") == Markers.PodHash);
}
