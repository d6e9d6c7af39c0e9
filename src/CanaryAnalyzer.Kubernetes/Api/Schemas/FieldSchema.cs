using System.Collections.Immutable;
using System.Reflection;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>What one field of a resource may hold.</summary>
public sealed record FieldSchema
{
    /// <summary>The kinds of values that it takes.</summary>
    public required JsonKinds Accepts { get; init; }

    /// <summary>The known fields of an object, by name.</summary>
    public ImmutableSortedDictionary<string, FieldSchema> Fields { get; init; } = ImmutableSortedDictionary.Create<string, FieldSchema>(StringComparer.Ordinal);

    /// <summary>Whether an object may have other fields, which are not ours to know.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Names of the fields that an object must have.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>The schema of a list's elements, or of a map's values.</summary>
    public FieldSchema? Items { get; init; }

    /// <summary>The texts that are allowed; any if empty.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>A regular expression that a text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>What a value of the shape is, with an example, such as <c>a share from 0% to 100% such as 5%</c>; null where the type says it all.</summary>
    public string? Wanted { get; init; }

    /// <summary>OpenAPI's name for the format, such as <c>int32</c> or <c>date-time</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The least number.</summary>
    public double? Minimum { get; init; }

    /// <summary>Whether a number must be above the least.</summary>
    public bool IsMinimumExclusive { get; init; }

    /// <summary>The greatest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>The texts that are refused.</summary>
    public ImmutableArray<string> Refused { get; init; } = [];

    /// <summary>The least number of elements of a list.</summary>
    public int? MinItems { get; init; }

    /// <summary>The greatest number of elements of a list; null for no limit.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Names of fields of which an object has exactly one; empty where it may have any.</summary>
    public ImmutableArray<string> ExactlyOne { get; init; } = [];

    /// <summary>Whether the API server refuses an object with fields other than the known ones.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What must hold between an object's fields: of each entry at least one OpenAPI schema, as JSON.</summary>
    internal ImmutableArray<ImmutableArray<string>> Alternatives { get; init; } = [];

    /// <summary>The value that the API server fills in where the field is absent.</summary>
    public object? Default { get; init; }

    /// <summary>The member of a wire type that the schema was read from, for its description.</summary>
    internal MemberInfo? Origin { get; init; }
}
