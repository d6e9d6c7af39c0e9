using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>How server-side apply merges what stands at one place: by the schema of a custom resource, or by what is known of the built-in kinds.</summary>
internal readonly struct FieldShape
{
    private readonly JsonObject? _schema;
    private readonly string _name;
    private readonly bool _custom;

    private FieldShape(bool custom, JsonObject? schema, string name)
    {
        _custom = custom;
        _schema = schema;
        _name = name;
    }

    public static FieldShape Root(ResourceKind kind) => new(kind.IsCustom, kind.Schema, "");

    /// <summary>A map that has one owner as a whole.</summary>
    public bool IsAtomic => _custom ? _schema.TextAt("x-kubernetes-map-type") == "atomic" : _name is "selector" or "labelSelector";

    public bool IsSet => _custom ? _schema.TextAt("x-kubernetes-list-type") == "set" : ListKeys.IsSet(_name);

    // Metadata is the same for all kinds.
    public FieldShape Child(string name) =>
        name == "metadata" || (!_custom && _schema is null) ? new FieldShape(custom: false, null, name)
        : new FieldShape(_custom, _schema.ObjectAt("properties", name) ?? _schema.ObjectAt("additionalProperties"), name);

    public FieldShape Item() => new(_custom, _schema.ObjectAt("items"), "");

    /// <summary>The keys that tell the items of a list apart; null for a list with one owner as a whole.</summary>
    public string[]? Keys(JsonArray items)
    {
        if (_custom)
            return _schema.TextAt("x-kubernetes-list-type") == "map" ? _schema.ArrayAt("x-kubernetes-list-map-keys")?.Select(k => k!.GetValue<string>()).ToArray() : null;
        return ListKeys.Of(_name, items) switch
        {
            null => null,
            "port" or "containerPort" => [ListKeys.Of(_name, items)!, "protocol"],
            var key => [key],
        };
    }
}
