namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>The value can't be changed once it is set.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ImmutableAttribute : Attribute;
