using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;

namespace CanaryAnalyzer.LocalCluster.Tables;

/// <summary>Makes the tables that kubectl prints.</summary>
internal sealed class TableWriter(TimeProvider time)
{
    public JsonObject Table(ResourceKind kind, IEnumerable<JsonObject> objects, string metaVersion, string? includeObject, string? resourceVersion)
    {
        var columns = Columns.Of(kind);
        var now = time.GetUtcNow();
        var metadata = new JsonObject();
        if (resourceVersion is not null)
            metadata["resourceVersion"] = resourceVersion;
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = $"meta.k8s.io/{metaVersion}",
            ["metadata"] = metadata,
            ["columnDefinitions"] = new JsonArray([.. columns.Select(Definition)]),
            ["rows"] = new JsonArray([.. objects.Select(o => Row(columns, o, now, metaVersion, includeObject))]),
        };
    }

    private static JsonObject Definition(Column column) => new()
    {
        ["name"] = column.Name, ["type"] = column.Type, ["format"] = column.Format, ["description"] = column.Name, ["priority"] = column.Priority,
    };

    private static JsonObject Row(IReadOnlyList<Column> columns, JsonObject @object, DateTimeOffset now, string metaVersion, string? includeObject)
    {
        var row = new JsonObject { ["cells"] = new JsonArray([.. columns.Select(c => c.Cell(@object, now))]) };
        if (includeObject == "Object")
            row["object"] = @object.DeepClone();
        else if (includeObject != "None")
            row["object"] = new JsonObject
            {
                ["kind"] = "PartialObjectMetadata", ["apiVersion"] = $"meta.k8s.io/{metaVersion}", ["metadata"] = @object["metadata"]?.DeepClone(),
            };
        return row;
    }
}
