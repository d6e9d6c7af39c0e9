namespace CanaryAnalyzer.Core.Expressions;

/// <summary>What is known of a value before it is there.</summary>
/// <param name="Own">The kinds that the value may have.</param>
/// <param name="Elements">The kinds that its elements may have where it is an array.</param>
internal readonly record struct StaticKind(ValueKinds Own, ValueKinds Elements = ValueKinds.Any)
{
    public static StaticKind Any { get; } = new(ValueKinds.Any);

    public bool May(ValueKinds kinds) => (Own & kinds) != ValueKinds.None;

    /// <summary>Either this or the other.</summary>
    public StaticKind Or(StaticKind other) => new(
        Own | other.Own, (May(ValueKinds.Array) ? Elements : ValueKinds.None) | (other.May(ValueKinds.Array) ? other.Elements : ValueKinds.None));
}
