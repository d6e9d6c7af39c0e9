namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>An object has exactly one of these fields.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ExactlyOneOfAttribute(params string[] names) : Attribute
{
    public string[] Names { get; } = names;
}
