using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using k8s.Models;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Reads schemas from wire types: names and types by reflection, the rest from attributes.</summary>
internal static class SchemaReader
{
    public static FieldSchema Read(Type type)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, FieldSchema>(StringComparer.Ordinal);
        var required = ImmutableArray.CreateBuilder<string>();
        var isOpen = false;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.IsDefined(typeof(JsonExtensionDataAttribute))) isOpen = true;
            else
            {
                var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                fields.Add(name, OfProperty(property));
                if (property.IsDefined(typeof(RequiredMemberAttribute))) required.Add(name);
            }
        }

        return new FieldSchema
        {
            Accepts = JsonKinds.Object, Fields = fields.ToImmutable(), IsOpen = isOpen, Required = required.ToImmutable(), Origin = type,
            ExactlyOne = [.. type.GetCustomAttribute<ExactlyOneOfAttribute>()?.Names ?? []],
            Alternatives = [.. type.GetCustomAttributes<AlternativesAttribute>().Select(one => one.Schemas.ToImmutableArray())],
        };
    }

    private static FieldSchema OfProperty(PropertyInfo property)
    {
        var schema = property.IsDefined(typeof(PodTemplateAttribute)) ? PodTemplateSchema.Template
            : property.IsDefined(typeof(OpenObjectAttribute)) ? OpenObject : OfType(property.PropertyType);
        if (property.GetCustomAttribute<OrObjectAttribute>() is { } other)
            schema = Read(other.Type) with { Accepts = JsonKinds.Object | JsonKinds.Text, IsClosed = true };
        schema = schema.Items is { } items ? schema with { Items = WithValues(items, property) } : WithValues(schema, property);
        return schema with
        {
            Default = property.GetCustomAttribute<DefaultValueAttribute>()?.Value,
            MinItems = property.GetCustomAttribute<MinLengthAttribute>()?.Length,
            MaxItems = property.GetCustomAttribute<MaxLengthAttribute>()?.Length,
            Origin = property,
        };
    }

    private static FieldSchema WithValues(FieldSchema schema, PropertyInfo property)
    {
        if (property.GetCustomAttribute<ShapeAttribute>() is { } shape) schema = ShapeReader.Shaped(schema, shape);
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed) schema = schema with { Allowed = [.. allowed.Values.Cast<string>()] };
        if (property.GetCustomAttribute<RefusedValuesAttribute>() is { } refused) schema = schema with { Refused = [.. refused.Values] };
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range) return schema;
        var most = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        return schema with { Minimum = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Maximum = most < int.MaxValue ? most : null };
    }

    private static FieldSchema OpenObject => new() { Accepts = JsonKinds.Object, IsOpen = true };

    private static FieldSchema OfType(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string)) return new FieldSchema { Accepts = JsonKinds.Text };
        if (type == typeof(int)) return new FieldSchema { Accepts = JsonKinds.Integer, Format = "int32" };
        if (type == typeof(long)) return new FieldSchema { Accepts = JsonKinds.Integer, Format = "int64" };
        if (type == typeof(double)) return new FieldSchema { Accepts = JsonKinds.Number | JsonKinds.Integer };
        if (type == typeof(bool)) return new FieldSchema { Accepts = JsonKinds.Boolean };
        if (type == typeof(DateTimeOffset)) return new FieldSchema { Accepts = JsonKinds.Text, Format = "date-time" };
        if (type == typeof(V1Alpha1.IntOrString)) return new FieldSchema { Accepts = JsonKinds.Integer | JsonKinds.Text, Minimum = int.MinValue, Maximum = int.MaxValue };
        if (type == typeof(NumberOrText)) return new FieldSchema { Accepts = JsonKinds.Integer | JsonKinds.Number | JsonKinds.Text };
        if (type == typeof(JsonElement)) return new FieldSchema { Accepts = JsonKinds.Any, IsOpen = true };
        if (type == typeof(V1ObjectMeta)) return OpenObject;
        if (type.Namespace?.StartsWith(typeof(WireJson).Namespace!, StringComparison.Ordinal) == true && type.IsClass) return Read(type);
        if (!type.IsGenericType) throw new NotSupportedException($"No schema is known for {type}.");
        var items = OfType(type.GetGenericArguments()[^1]);
        return new FieldSchema { Accepts = type.GetGenericTypeDefinition().Equals(typeof(List<>)) ? JsonKinds.List : JsonKinds.Object, Items = items };
    }
}
