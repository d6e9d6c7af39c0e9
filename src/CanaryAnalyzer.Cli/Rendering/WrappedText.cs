using System.Text;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>Breaks sentences into lines, so that they stay legible where terminals are narrow and logs wide.</summary>
internal static class WrappedText
{
    private const int Width = 100;

    /// <summary>Writes a sentence and ends its line; words that no longer fit go on below its first one.</summary>
    /// <param name="text">The text so far, in the middle of a line.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="indent">How many columns stand before it.</param>
    public static void Append(StringBuilder text, string sentence, int indent)
    {
        var at = indent;
        foreach (var (index, word) in sentence.Split(' ').Index())
        {
            var isNew = index > 0 && at + 1 + word.Length > Width;
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
