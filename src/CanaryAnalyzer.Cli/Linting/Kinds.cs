using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Linting;

/// <summary>Tells our kinds from others.</summary>
internal static class Kinds
{
    private const string Version = "v1alpha1";

    /// <summary>Kind and name as messages have them.</summary>
    public static string Subject(JsonObject resource) => $"{resource.Text("kind")} {resource.Text("metadata", "name")}".Trim();

    /// <summary>The schema of an object of ours; null for objects of others, and for those whose kind is misspelt.</summary>
    public static ResourceSchema? Of(JsonObject resource) =>
        ResourceSchema.All.FirstOrDefault(schema => schema.Kind == resource.Text("kind") && resource.Text("apiVersion") == $"{schema.Group}/{Version}");

    /// <summary>What is wrong with kind, version and name of an object that is ours or should be.</summary>
    public static IEnumerable<Finding> Problems(Manifest manifest)
    {
        var (kind, version) = (manifest.Resource.Text("kind") ?? "", manifest.Resource.Text("apiVersion") ?? "");
        var group = version.Split('/')[0];
        var known = ResourceSchema.All.FirstOrDefault(schema => schema.Kind == kind);
        if (known is not null && (group == known.Group || version.Length == 0 || ResourceSchema.All.Any(schema => schema.Group == group)))
        {
            if (version != $"{known.Group}/{Version}")
                yield return Finding.Of(manifest, "apiVersion", $"must be {known.Group}/{Version} for a {kind}, not {(version.Length == 0 ? "missing" : version)}");
            if (string.IsNullOrEmpty(manifest.Resource.Text("metadata", "name")))
                yield return Finding.Of(manifest, "metadata", "needs a name");
        }
        else if (known is null && ResourceSchema.All.Any(schema => schema.Group == group))
        {
            var kinds = ResourceSchema.All.Where(schema => schema.Group == group).Select(schema => schema.Kind).ToList();
            var hint = NearestWord.Of(kind, kinds) is { } meant ? $"did you mean {meant}?" : $"known are {string.Join(", ", kinds)}";
            yield return Finding.Of(manifest, "kind", $"{(kind.Length == 0 ? "is missing" : $"{kind} is no kind of {group}")}; {hint}");
        }
    }
}
