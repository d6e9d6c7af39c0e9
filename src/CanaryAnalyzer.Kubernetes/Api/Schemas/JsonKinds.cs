namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>The kinds of JSON values that a field takes.</summary>
[Flags]
public enum JsonKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>An object.</summary>
    Object = 1,

    /// <summary>A list.</summary>
    List = 2,

    /// <summary>A text.</summary>
    Text = 4,

    /// <summary>A whole number.</summary>
    Integer = 8,

    /// <summary>Any number.</summary>
    Number = 16,

    /// <summary>True or false.</summary>
    Boolean = 32,

    /// <summary>Every kind.</summary>
    Any = Object | List | Text | Integer | Number | Boolean,
}
