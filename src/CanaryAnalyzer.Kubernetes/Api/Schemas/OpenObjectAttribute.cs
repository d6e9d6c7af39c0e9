namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>An object whose fields are not ours to know, such as a pod template.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OpenObjectAttribute : Attribute;
