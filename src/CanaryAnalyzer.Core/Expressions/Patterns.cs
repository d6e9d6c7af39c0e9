using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Regular expressions without backtracking, as in Go: matching takes time in proportion to the text, whatever the pattern.</summary>
internal static class Patterns
{
    private const int Longest = 1000;

    /// <summary>Makes one; <paramref name="limit"/> bounds a match in time, for texts that may be long.</summary>
    public static bool TryMake(string pattern, [NotNullWhen(true)] out Regex? regex, out string error, TimeSpan? limit = null)
    {
        regex = null;
        error = "";
        if (pattern.Length > Longest)
        {
            error = "the regular expression has more than 1000 characters";
            return false;
        }

        try
        {
            // Go names groups (?P<name>…).
            var spelled = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
            regex = new Regex(spelled, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, limit ?? Regex.InfiniteMatchTimeout);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            error = $"\"{(pattern.Length > 40 ? pattern[..40] + "…" : pattern)}\" is no regular expression: {exception.Message}";
            return false;
        }
    }
}
