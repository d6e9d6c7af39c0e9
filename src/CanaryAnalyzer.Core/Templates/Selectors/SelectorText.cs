using System.Globalization;
using System.Text;

namespace CanaryAnalyzer.Core.Templates.Selectors;

/// <summary>Writes names and values as PromQL spells them.</summary>
internal static class SelectorText
{
    /// <summary>A name as it is where it is plain, else in quotes (Prometheus 3).</summary>
    public static string Name(string name) => IsPlain(name, colons: false) ? name : Quote(name);

    /// <summary>Whether a name may stand without quotes; metrics may have colons, labels not.</summary>
    public static bool IsPlain(string name, bool colons) =>
        name.Length > 0 && IsStart(name[0], colons) && name.All(letter => IsPart(letter, colons));

    public static bool IsStart(char letter, bool colons) => char.IsAsciiLetter(letter) || letter == '_' || (colons && letter == ':');

    public static bool IsPart(char letter, bool colons) => IsStart(letter, colons) || char.IsAsciiDigit(letter);

    /// <summary>The value as an RE2 expression that matches only itself.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder();
        foreach (var letter in value)
        {
            if (@"\.+*?()|[]{}^$".Contains(letter)) text.Append('\\');
            text.Append(letter);
        }

        return text.ToString();
    }

    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                _ when char.IsControl(letter) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }

        return text.Append('"').ToString();
    }
}
