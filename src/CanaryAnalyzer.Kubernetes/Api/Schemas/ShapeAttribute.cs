namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>How the value must be written, beyond its type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShapeAttribute(ValueShape shape) : Attribute
{
    public ValueShape Shape { get; } = shape;
}
