using System.Collections.Immutable;
using System.Globalization;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>The place of a field within a resource, written as <c>spec.steps[1].plugins["a/b"]</c>.</summary>
internal sealed record FieldPath
{
    private readonly ImmutableArray<string> segments;

    private FieldPath(ImmutableArray<string> segments) => this.segments = segments;

    public static FieldPath Root { get; } = new([]);

    public int Depth => segments.Length;

    public static FieldPath Of(string name) => Root.Child(name);

    public FieldPath Child(string name) => new(segments.Add(IsPlain(name) ? "." + name : $"[\"{name}\"]"));

    public FieldPath At(int index) => new(segments.Add(string.Create(CultureInfo.InvariantCulture, $"[{index}]")));

    public FieldPath AnyElement() => new(segments.Add("[]"));

    /// <summary>Number of steps up and down between two places.</summary>
    public int DistanceTo(FieldPath other)
    {
        var shared = 0;
        while (shared < Math.Min(Depth, other.Depth) && Same(segments[shared], other.segments[shared])) shared++;
        return Depth + other.Depth - (2 * shared);
    }

    public override string ToString() => string.Concat(segments).TrimStart('.');

    private static bool Same(string one, string other) => one == other || (one == "[]" && IsIndex(other)) || (other == "[]" && IsIndex(one));

    private static bool IsIndex(string segment) => segment[0] == '[' && segment[1] != '"';

    private static bool IsPlain(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
