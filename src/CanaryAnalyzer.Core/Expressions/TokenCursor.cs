using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Goes through tokens, and says what should have stood where something else does.</summary>
internal sealed class TokenCursor(List<Token> tokens)
{
    private int _next;

    public Token Current => tokens[_next];

    /// <summary>The token after the current one; the end stays the end.</summary>
    public Token Following => tokens[Math.Min(_next + 1, tokens.Count - 1)];

    public Token Take() => tokens[_next++];

    public Token Name(string wanted) => Current.Kind == TokenKind.Name ? Take() : throw Unexpected(wanted);

    public void Expect(string symbol)
    {
        if (!Current.Is(symbol)) throw Unexpected($"'{symbol}'");
        Take();
    }

    /// <summary>Items parted by commas, up to the sign that ends them.</summary>
    public List<T> Items<T>(string end, Func<T> read)
    {
        var items = new List<T>();
        while (!Current.Is(end))
        {
            items.Add(read());
            if (Current.Is(end)) break;
            if (!Current.Is(",")) throw Unexpected($"',' or '{end}'");
            Take();
        }

        Take();
        return items;
    }

    public ExpressionException Unexpected(string wanted) => new(Current.At, $"{wanted} must stand here, not {Current.Describe()}");

    public static ExpressionException Unknown(Token name, string what, IEnumerable<string> known)
    {
        var meant = NearestWord.Of(name.Text, known);
        return new ExpressionException(name.At, $"unknown {what} \"{name.Text}\"" + (meant is null ? "" : $"; did you mean \"{meant}\"?"));
    }
}
