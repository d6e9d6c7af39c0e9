namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Strings that the value, or an element of a list, must not be.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RefusedValuesAttribute(params string[] values) : Attribute
{
    public string[] Values { get; } = values;
}
