using System.Globalization;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>What is wrong with an expression, and where.</summary>
/// <param name="Column">The place, counted in characters from 1.</param>
/// <param name="Message">What is wrong there, in a sentence without the place.</param>
public sealed record ExpressionError(int Column, string Message)
{
    /// <summary>Place and message: <c>column 12: unknown name "reslt"; did you mean "result"?</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"column {Column}: {Message}");

    /// <summary>The expression's line with a caret under the place, for terminals.</summary>
    /// <param name="text">The expression that the error is about.</param>
    public string Point(string text)
    {
        var at = Math.Clamp(Column - 1, 0, text.Length);
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var end = text.IndexOf('\n', at);
        return string.Concat(text.AsSpan(start, (end < 0 ? text.Length : end) - start), "\n", new string(' ', at - start), "^");
    }
}
