namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>A field of a resource that its kind doesn't have.</summary>
/// <param name="Path">Where it stands, from the resource's root, such as <c>spec.strategy.canary.step</c>.</param>
/// <param name="Nearest">Path of the known field that was probably meant, such as <c>spec.strategy.canary.steps</c>; null where none is near.</param>
public sealed record UnknownField(string Path, string? Nearest)
{
    /// <summary>A sentence for conditions and events.</summary>
    public override string ToString() => Nearest is null ? $"{Path} is no known field" : $"{Path} is no known field; did you mean {Nearest}?";
}
