namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>The value is a pod template.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PodTemplateAttribute : Attribute;
