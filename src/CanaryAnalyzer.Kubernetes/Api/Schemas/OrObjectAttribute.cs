namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>The value may also be an object with the fields of a wire type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OrObjectAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
