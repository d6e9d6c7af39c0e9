using System.Globalization;
using System.Text;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Symbols =
    [
        "**", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "..", "?", ":", ".", ",", ";", "(", ")", "[", "]", "{", "}",
        "+", "-", "*", "/", "%", "^", "<", ">", "=", "!", "|", "#",
    ];

    private int _at;

    public static List<Token> Read(string text)
    {
        var lexer = new Lexer(text);
        var tokens = new List<Token>();
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        SkipSpace();
        if (_at >= text.Length) return new Token(TokenKind.End, "", text.Length);
        var letter = text[_at];
        if (char.IsAsciiDigit(letter) || (letter == '.' && char.IsAsciiDigit(Peek(1)))) return Number();
        if (letter is '"' or '\'') return Quoted(letter);
        if (letter == '`') return Raw();
        if (char.IsLetter(letter) || letter is '_' or '$') return Name();
        foreach (var symbol in Symbols)
        {
            if (!text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal)) continue;
            // `a ?.5 : 1` is a choice, not a member.
            if (symbol == "?." && char.IsAsciiDigit(Peek(2))) continue;
            _at += symbol.Length;
            return new Token(TokenKind.Symbol, symbol, _at - symbol.Length);
        }

        throw new ExpressionException(_at, letter == '&' ? "'&' is no operator; write && or and" : $"'{letter}' has no meaning here");
    }

    private Token Name()
    {
        var start = _at++;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '$')) _at++;
        return new Token(TokenKind.Name, text[start.._at], start);
    }

    private Token Number()
    {
        var start = _at;
        if (text[_at] == '0' && "xXoObB".Contains(Peek(1), StringComparison.Ordinal)) return WithBase();
        Digits();
        var isFloat = false;
        // `1..3` is a range, so a point counts only where no second follows.
        if (Peek(0) == '.' && Peek(1) != '.')
        {
            isFloat = true;
            _at++;
            Digits();
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isFloat = true;
            _at += 2;
            Digits();
        }

        var written = text[start.._at];
        if (char.IsLetter(Peek(0)) || Peek(0) == '_') throw new ExpressionException(start, $"'{written}{Peek(0)}' is no number");
        var digits = written.Replace("_", "", StringComparison.Ordinal);
        if (isFloat) return new Token(TokenKind.Number, written, start, double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture));
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return new Token(TokenKind.Number, written, start, whole);
        throw new ExpressionException(start, $"{written} is too large for a whole number; write {written}.0");
    }

    private Token WithBase()
    {
        var start = _at;
        var radix = char.ToLowerInvariant(text[_at + 1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
        _at += 2;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_')) _at++;
        var written = text[start.._at];
        long value = 0;
        foreach (var letter in written.AsSpan(2))
        {
            if (letter == '_') continue;
            var digit = char.IsAsciiHexDigit(letter) ? Convert.ToInt32(letter.ToString(), 16) : 99;
            if (digit >= radix || value > (long.MaxValue - digit) / radix) throw new ExpressionException(start, $"'{written}' is no number");
            value = (value * radix) + digit;
        }

        return written.Length > 2 ? new Token(TokenKind.Number, written, start, value) : throw new ExpressionException(start, $"'{written}' is no number");
    }

    private void Digits()
    {
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || (text[_at] == '_' && char.IsAsciiDigit(Peek(1))))) _at++;
    }

    private Token Raw()
    {
        var start = _at;
        var end = text.IndexOf('`', start + 1);
        if (end < 0) throw new ExpressionException(start, "the text that begins here has no end: ` is missing");
        _at = end + 1;
        return new Token(TokenKind.Text, text[(start + 1)..end], start);
    }

    private Token Quoted(char quote)
    {
        var start = _at++;
        var content = new StringBuilder();
        while (true)
        {
            if (_at >= text.Length || text[_at] == '\n') throw new ExpressionException(start, $"the text that begins here has no end: {quote} is missing");
            var letter = text[_at++];
            if (letter == quote) return new Token(TokenKind.Text, content.ToString(), start);
            if (letter == '\\') Escape(content);
            else content.Append(letter);
        }
    }

    private void Escape(StringBuilder content)
    {
        var start = _at - 1;
        var letter = Peek(0);
        _at++;
        const string Short = "abfnrtv\\'\"`", Meant = "\a\b\f\n\r\t\v\\'\"`";
        if (Short.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var found)
        {
            content.Append(Meant[found]);
            return;
        }

        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0 || _at + digits > text.Length
            || !int.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.TryCreate(code, out var rune))
        {
            throw new ExpressionException(start, "this escape is not known; write \\\\ for a backslash, or put the text between `…`");
        }

        _at += digits;
        content.Append(rune.ToString());
    }

    private void SkipSpace()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at])) _at++;
            else if (text[_at] == '/' && Peek(1) == '/') SkipTo("\n");
            else if (text[_at] == '/' && Peek(1) == '*') SkipTo("*/");
            else return;
        }
    }

    private void SkipTo(string end)
    {
        var found = text.IndexOf(end, _at + 2, StringComparison.Ordinal);
        if (found < 0 && end == "*/") throw new ExpressionException(_at, "the comment that begins here has no end: */ is missing");
        _at = found < 0 ? text.Length : found + end.Length;
    }

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';
}
