namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>The resource's status is written through <c>/status</c> only.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class StatusSubresourceAttribute : Attribute;
