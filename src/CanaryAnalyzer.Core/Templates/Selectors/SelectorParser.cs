using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CanaryAnalyzer.Core.Templates.Selectors;

/// <summary>Reads one selector; stops at the first thing that is wrong and remembers where.</summary>
/// <param name="text">The selector.</param>
/// <param name="before">How many characters stand before it in the text that messages count in.</param>
internal sealed class SelectorParser(string text, int before = 0)
{
    private string _error = "";
    private int _at;

    public SeriesSelector? Selector(out string error)
    {
        var selector = ReadSelector();
        error = _error;
        return _error.Length == 0 ? selector : null;
    }

    public ImmutableArray<LabelMatcher> MatchersAlone(out string error)
    {
        SkipSpace();
        string? name = null;
        var matchers = Peek() == '{' ? Refuse<ImmutableArray<LabelMatcher>>("leave out the braces: only label conditions such as pod=~\"web-.*\" stand here") : ReadMatchers('\0', ref name);
        if (_error.Length == 0 && name is not null) Refuse<string>("a label, an operator and a value in quotes must stand here, such as pod=~\"web-.*\"");
        if (_error.Length == 0 && matchers.IsEmpty) Refuse<string>("a condition such as pod=~\"web-.*\" must stand here");
        error = _error;
        return _error.Length == 0 ? matchers : default;
    }

    private SeriesSelector? ReadSelector()
    {
        SkipSpace();
        var name = ReadName(colons: true);
        SkipSpace();
        var matchers = ImmutableArray<LabelMatcher>.Empty;
        if (name is not null && Peek() == '(')
            return Refuse<SeriesSelector>($"write the counter itself, without {name}(): the judge reads counts");
        if (Peek() == '{')
        {
            _at++;
            matchers = ReadMatchers('}', ref name);
            if (_error.Length > 0) return null;
            _at++;
        }
        else if (name is null)
        {
            return Refuse<SeriesSelector>("a metric's name must stand here, such as http_requests_total{code=~\"5..\"}");
        }

        SkipSpace();
        if (!AtEnd) return RefuseRest();
        if (name is null && !matchers.Any(matcher => matcher.Operator is MatchOperator.Equal && matcher.Value.Length > 0))
            return Refuse<SeriesSelector>("name a metric: a selector of labels alone reads every metric that has them");
        return new SeriesSelector(name, matchers);
    }

    private SeriesSelector? RefuseRest() => Peek() switch
    {
        '[' => Refuse<SeriesSelector>("leave out the range [...]: the judge picks it"),
        '@' => Refuse<SeriesSelector>("leave out @: the judge picks the time"),
        '+' or '-' or '*' or '/' or '%' or '^' or '<' or '>' or '=' or '!' => Refuse<SeriesSelector>("name one counter, no calculation: the judge reads counts"),
        _ when text.AsSpan(_at).StartsWith("offset", StringComparison.Ordinal) => Refuse<SeriesSelector>("leave out the offset: the judge picks the time"),
        _ => Refuse<SeriesSelector>($"nothing may stand after the selector, but '{Rest()}' does"),
    };

    private ImmutableArray<LabelMatcher> ReadMatchers(char end, ref string? name)
    {
        var matchers = ImmutableArray.CreateBuilder<LabelMatcher>();
        while (true)
        {
            SkipSpace();
            if (AtEnd ? end == '\0' : end != '\0' && Peek() == end) break;
            if (AtEnd) return Refuse<ImmutableArray<LabelMatcher>>("a closing brace } is missing");
            if (!ReadMatcher(matchers, end, ref name)) return default;
            SkipSpace();
            if (Peek() == ',') _at++;
            else if (!AtEnd && Peek() != end) return Refuse<ImmutableArray<LabelMatcher>>($"a comma or the end must stand here, not '{Rest()}'");
        }

        return matchers.ToImmutable();
    }

    private bool ReadMatcher(ImmutableArray<LabelMatcher>.Builder matchers, char end, ref string? name)
    {
        var quoted = Peek() is '"' or '\'' or '`';
        var label = quoted ? ReadString() : ReadName(colons: false);
        if (_error.Length > 0) return false;
        if (string.IsNullOrEmpty(label)) return Refuse<bool>($"a label's name must stand here, not '{Rest()}'");
        SkipSpace();
        if (quoted && name is null && (AtEnd || Peek() == ',' || Peek() == end))
        {
            name = label;
            return true;
        }

        if (ReadOperator() is not { } matchOperator) return Refuse<bool>($"one of = != =~ !~ must stand after {label}");
        SkipSpace();
        if (Peek() is not ('"' or '\'' or '`')) return Refuse<bool>($"the value of {label} must stand in quotes");
        var value = ReadString();
        if (value is null) return false;
        matchers.Add(new LabelMatcher(label, matchOperator, value));
        return true;
    }

    private MatchOperator? ReadOperator()
    {
        var two = text.AsSpan(_at, Math.Min(2, text.Length - _at));
        MatchOperator? found = two switch
        {
            "=~" => MatchOperator.Matches,
            "!~" => MatchOperator.MatchesNot,
            "!=" => MatchOperator.NotEqual,
            ['=', ..] => MatchOperator.Equal,
            _ => null,
        };
        if (found is not null) _at += found == MatchOperator.Equal ? 1 : 2;
        return found;
    }

    private string? ReadName(bool colons)
    {
        var start = _at;
        if (AtEnd || !SelectorText.IsStart(Peek(), colons)) return null;
        while (!AtEnd && SelectorText.IsPart(Peek(), colons)) _at++;
        return text[start.._at];
    }

    private string? ReadString()
    {
        var start = _at;
        var quote = text[_at++];
        var value = new StringBuilder();
        while (!AtEnd && Peek() != quote)
        {
            var letter = text[_at++];
            if (letter == '\\' && quote != '`')
            {
                if (!ReadEscape(quote, value)) return Refuse<string>("this escape is not known; write \\\\ for a backslash (in regular expressions too)", _at - 1);
            }
            else
            {
                value.Append(letter);
            }
        }

        if (AtEnd) return Refuse<string>("the quote that opens here is not closed", start);
        _at++;
        return value.ToString();
    }

    /// <summary>Go's escapes: https://go.dev/ref/spec#String_literals</summary>
    private bool ReadEscape(char quote, StringBuilder value)
    {
        if (AtEnd) return false;
        var letter = text[_at++];
        const string Short = "abfnrtv\\", Meant = "\a\b\f\n\r\t\v\\";
        if (letter == quote || Short.Contains(letter))
        {
            value.Append(letter == quote ? quote : Meant[Short.IndexOf(letter)]);
            return true;
        }

        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0 || _at + digits > text.Length) return false;
        if (!int.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return false;
        if (!Rune.TryCreate(code, out var rune)) return false;
        _at += digits;
        value.Append(rune.ToString());
        return true;
    }

    private bool AtEnd => _at >= text.Length;

    private char Peek() => AtEnd ? '\0' : text[_at];

    private string Rest() => text.Length - _at > 20 ? string.Concat(text.AsSpan(_at, 20), "…") : text[_at..];

    private void SkipSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(Peek())) _at++;
    }

    private T? Refuse<T>(string message, int? at = null)
    {
        if (_error.Length == 0) _error = string.Create(CultureInfo.InvariantCulture, $"at character {before + (at ?? _at) + 1}: {message}");
        return default;
    }
}
