using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>The words of a line, taken one after the other. Text in double quotes is one word.</summary>
internal sealed class Words(string line)
{
    private string rest = line.Trim();

    public bool AtEnd => rest.Length == 0;

    public string Rest()
    {
        var all = rest;
        rest = "";
        return all;
    }

    public string Next()
    {
        if (AtEnd) throw new FormatException($"A word is missing in: {line}");
        var isQuoted = rest[0] == '"';
        var end = isQuoted ? rest.IndexOf('"', 1) : rest.IndexOf(' ', StringComparison.Ordinal);
        if (end < 0) end = rest.Length;
        var word = isQuoted ? rest[1..end] : rest[..end];
        rest = rest[Math.Min(rest.Length, end + 1)..].TrimStart();
        return word;
    }

    public int Number() => int.Parse(Next(), System.Globalization.CultureInfo.InvariantCulture);

    public TimeSpan Duration() => DurationOf(Next());

    public static TimeSpan DurationOf(string text) =>
        GoDuration.TryParse(text, out var duration) ? duration : throw new FormatException($"\"{text}\" is no duration.");

    public bool TryTake(string word)
    {
        if (rest != word && !rest.StartsWith(word + " ", StringComparison.Ordinal)) return false;
        Next();
        return true;
    }
}
