using System.Reflection;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Writes a schema as the CustomResourceDefinition by which an API server learns of the kind.</summary>
internal static class CrdDocument
{
    public static JsonObject Of(ResourceSchema schema, XmlDescriptions descriptions)
    {
        var resource = schema.Type.GetCustomAttribute<CustomResourceAttribute>()!;
        var names = new JsonObject
        {
            ["kind"] = schema.Kind, ["listKind"] = schema.Kind + "List", ["plural"] = schema.Plural, ["singular"] = schema.Kind.ToLowerInvariant(),
        };
        if (resource.ShortName is { } shortName) names["shortNames"] = new JsonArray(shortName);
        var root = OpenApiSchema.Of(schema.Root, descriptions);
        root["properties"]!["metadata"] = new JsonObject { ["type"] = "object" };
        return new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{schema.Plural}.{schema.Group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = schema.Group,
                ["names"] = names,
                ["scope"] = resource.ClusterScope ? "Cluster" : "Namespaced",
                ["versions"] = new JsonArray(Version(schema.Type, root)),
            },
        };
    }

    private static JsonObject Version(Type type, JsonObject root)
    {
        var version = new JsonObject
        {
            ["name"] = "v1alpha1", ["served"] = true, ["storage"] = true,
            ["additionalPrinterColumns"] = new JsonArray([.. type.GetCustomAttributes<PrintColumnAttribute>().Select(Column)]),
        };
        var subresources = new JsonObject();
        if (type.GetCustomAttribute<ScaleSubresourceAttribute>() is { } scale)
        {
            subresources["scale"] = new JsonObject
            {
                ["specReplicasPath"] = scale.SpecReplicasPath, ["statusReplicasPath"] = scale.StatusReplicasPath, ["labelSelectorPath"] = scale.LabelSelectorPath,
            };
        }

        if (type.IsDefined(typeof(StatusSubresourceAttribute))) subresources["status"] = new JsonObject();
        if (subresources.Count > 0) version["subresources"] = subresources;
        version["schema"] = new JsonObject { ["openAPIV3Schema"] = root };
        return version;
    }

    private static JsonObject Column(PrintColumnAttribute column) => new()
    {
        ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath, ["description"] = column.Description,
    };
}
