namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>An object whose fields are not ours to know, such as a job's spec.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OpenObjectAttribute : Attribute;
