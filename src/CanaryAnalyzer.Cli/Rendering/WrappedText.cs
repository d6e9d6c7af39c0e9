using System.Text;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>Breaks sentences into lines, so that they stay legible where terminals are narrow and logs wide.</summary>
internal static class WrappedText
{
    /// <summary>No line is longer: longer ones are hard to read, and logs have no width of their own.</summary>
    public const int Widest = 100;

    private const int Narrowest = 40;

    /// <summary>The width to write in, given a screen's; 0 where that isn't known.</summary>
    public static int WidthOf(int screen) => screen <= 0 ? Widest : Math.Clamp(screen, Narrowest, Widest);

    /// <summary>Writes a sentence and ends its line; words that no longer fit go on below its first one.</summary>
    /// <param name="text">The text so far, in the middle of a line.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="indent">How many columns stand before it.</param>
    /// <param name="width">The columns there are.</param>
    public static void Append(StringBuilder text, string sentence, int indent, int width)
    {
        var at = indent;
        foreach (var (index, word) in sentence.Split(' ').Index())
        {
            var isNew = index > 0 && at + 1 + word.Length > width;
            if (isNew)
                text.Append('\n').Append(' ', indent);
            else if (index > 0)
                text.Append(' ');
            text.Append(word);
            at = (isNew ? indent : at + Math.Min(index, 1)) + word.Length;
        }

        text.Append('\n');
    }
}
