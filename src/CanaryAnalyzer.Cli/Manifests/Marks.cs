namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>Where the fields of an object stand in its file.</summary>
internal sealed class Marks(Mark start)
{
    private readonly Dictionary<string, Mark> _at = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    /// <summary>Notes the place of a field; the last one counts, as of its value.</summary>
    public void Set(string path, Mark mark) => _at[path] = mark;

    /// <summary>Notes the letters of a value that is no string in JSON, such as <c>yes</c> or <c>0644</c>.</summary>
    public void SetWritten(string path, string text) => _written[path] = text;

    /// <summary>The letters of a value that is no string in JSON; null for other values.</summary>
    public string? Written(string path) => _written.GetValueOrDefault(Plain(path));

    /// <summary>The place of a field, or of the nearest field around it that is there.</summary>
    /// <param name="path">Its path in any spelling in use: <c>a.b[0]["c/d"]</c> or <c>a.b[0].c/d</c>.</param>
    public Mark Of(string path)
    {
        for (var rest = Plain(path); rest.Length > 0; rest = rest[..Math.Max(0, rest.LastIndexOfAny(['.', '[']))])
        {
            if (_at.TryGetValue(rest, out var mark))
                return mark;
        }

        return start;
    }

    /// <summary>A path in the spelling that is used here, in which paths can be compared.</summary>
    public static string Plain(string path) => path.Replace("[\"", ".", StringComparison.Ordinal).Replace("\"]", "", StringComparison.Ordinal).TrimStart('.');
}
