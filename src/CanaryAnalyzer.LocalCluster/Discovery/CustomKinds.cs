using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Discovery;

/// <summary>The kinds that a CustomResourceDefinition declares, one for each served version, the newest stable version first.</summary>
internal static class CustomKinds
{
    public static IReadOnlyList<ResourceKind> Of(JsonObject definition)
    {
        var names = definition.ObjectAt("spec", "names");
        return
        [
            .. definition.ObjectsAt("spec", "versions").Where(v => v.FlagAt("served"))
                .OrderBy(v => v.TextAt("name")!.Contains("alpha", StringComparison.Ordinal) ? 2 : v.TextAt("name")!.Contains("beta", StringComparison.Ordinal) ? 1 : 0)
                .ThenByDescending(v => v.TextAt("name"), StringComparer.Ordinal)
                .Select(version => Kind(definition, names!, version)),
        ];
    }

    public static string Resource(JsonObject definition) => definition.TextAt("metadata", "name") ?? "";

    private static ResourceKind Kind(JsonObject definition, JsonObject names, JsonObject version)
    {
        var kind = names.TextAt("kind") ?? "";
        var hasStatus = version.At("subresources", "status") is not null;
        return new ResourceKind(definition.TextAt("spec", "group") ?? "", version.TextAt("name") ?? "", kind, names.TextAt("plural") ?? "")
        {
            Singular = names.TextAt("singular") ?? kind.ToLowerInvariant(),
            ListKind = names.TextAt("listKind") ?? kind + "List",
            ShortNames = Texts(names.ArrayAt("shortNames")),
            Categories = Texts(names.ArrayAt("categories")),
            Namespaced = definition.TextAt("spec", "scope") == "Namespaced",
            HasStatus = hasStatus,
            Scale = Scale(version.ObjectAt("subresources", "scale")),
            Generation = hasStatus ? GenerationRule.AllButStatus : GenerationRule.AllButMetadata,
            Schema = version.ObjectAt("schema", "openAPIV3Schema"),
            PrinterColumns = version.ArrayAt("additionalPrinterColumns"),
            IsCustom = true,
        };
    }

    private static ScalePaths? Scale(JsonObject? scale) => scale is null ? null
        : new ScalePaths(Path(scale.TextAt("specReplicasPath")), Path(scale.TextAt("statusReplicasPath")), Path(scale.TextAt("labelSelectorPath")));

    private static string[] Path(string? path) => path?.Split('.', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string[] Texts(JsonArray? items) => items?.Select(i => i!.GetValue<string>()).ToArray() ?? [];
}
