namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>
/// What must hold between an object's fields: at least one of these OpenAPI schemas, for the API server alone. The readers check the same, and name what is
/// wrong.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class AlternativesAttribute(params string[] schemas) : Attribute
{
    public string[] Schemas { get; } = schemas;
}
