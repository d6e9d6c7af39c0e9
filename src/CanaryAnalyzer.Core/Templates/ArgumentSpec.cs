namespace CanaryAnalyzer.Core.Templates;

/// <summary>An argument of an analysis: what a template declares, a caller gives, and a run carries.</summary>
public sealed record ArgumentSpec
{
    /// <summary>The name that <c>{{args.name}}</c> asks for.</summary>
    public required string Name { get; init; }

    /// <summary>The value; null where a template declares the argument without a default, or it comes from elsewhere.</summary>
    public string? Value { get; init; }

    /// <summary>The Secret's entry that holds the value, in the run's namespace; read anew at every measurement.</summary>
    public SecretReference? Secret { get; init; }

    /// <summary>A field of the Rollout, such as <c>metadata.labels['region']</c>; whoever creates the run replaces it by its value.</summary>
    public string? FieldPath { get; init; }

    /// <summary>Whether anything says what the value is.</summary>
    public bool IsResolved => Value is not null || Secret is not null || FieldPath is not null;

    /// <summary>An argument with this value.</summary>
    public static ArgumentSpec Of(string name, string value) => new() { Name = name, Value = value };
}
