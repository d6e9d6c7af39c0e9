namespace CanaryAnalyzer.Core.Expressions;

/// <summary>The kinds that a value may have, as far as they are known.</summary>
[Flags]
internal enum ValueKinds
{
    None = 0,
    Nil = 1,
    Bool = 2,

    /// <summary>Whole or not: the two compare and calculate with each other.</summary>
    Number = 4,

    String = 8,
    Array = 16,
    Map = 32,
    Time = 64,
    Duration = 128,

    /// <summary>Nothing is known.</summary>
    Any = 255,
}
