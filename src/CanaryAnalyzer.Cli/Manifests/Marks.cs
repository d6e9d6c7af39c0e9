namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>Where the fields of an object stand in its file.</summary>
internal sealed class Marks(Mark start)
{
    private readonly Dictionary<string, Mark> _at = new(StringComparer.Ordinal);

    public void Add(string path, Mark mark) => _at.TryAdd(path, mark);

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

    private static string Plain(string path) => path.Replace("[\"", ".", StringComparison.Ordinal).Replace("\"]", "", StringComparison.Ordinal).TrimStart('.');
}
