namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>How the value must be written, beyond its type; of a list, each of its elements.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShapeAttribute(ValueShape shape) : Attribute
{
    public ValueShape Shape { get; } = shape;

    /// <summary>The least number, or share as a number; for strings too.</summary>
    public double Minimum { get; init; }

    /// <summary>The greatest number, or share as a number; for strings too. Not a number where there is none.</summary>
    public double Maximum { get; init; } = double.NaN;

    /// <summary>Whether the value must be above the minimum.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>An example of such a value, where the usual one is out of the limits.</summary>
    public string? Example { get; init; }

    /// <summary>Whether an empty string is an absent value, as Argo reads it.</summary>
    public bool TakesEmpty { get; init; }

    /// <summary>Whether a template's argument, <c>{{args.name}}</c>, may stand for the value.</summary>
    public bool TakesArguments { get; init; } = true;
}
