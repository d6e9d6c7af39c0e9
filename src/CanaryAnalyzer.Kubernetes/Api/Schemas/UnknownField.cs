using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>A field of a resource that its kind doesn't have.</summary>
/// <param name="Path">Where it stands, from the resource's root, such as <c>spec.strategy.canary.step</c>.</param>
/// <param name="Nearest">Path of the known field that was probably meant, such as <c>spec.strategy.canary.steps</c>; null where none is near.</param>
public sealed record UnknownField(string Path, string? Nearest)
{
    /// <summary>What is wrong, without the path; a field of the same object is named without it too.</summary>
    public string Message => Nearest is null ? "is not a known field" : $"is not a known field; did you mean {(IsBeside ? Nearest[(Nearest.LastIndexOf('.') + 1)..] : Nearest)}?";

    /// <summary>The field as an error of its resource.</summary>
    public SpecError Error => new(Path, Message);

    private bool IsBeside => Nearest!.LastIndexOf('.') is var dot and > 0 && Path.LastIndexOf('.') == dot && Path.StartsWith(Nearest[..dot], StringComparison.Ordinal);

    /// <summary>A sentence for conditions and events.</summary>
    public override string ToString() => $"{Path} {Message}";
}
