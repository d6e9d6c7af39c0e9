using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CanaryAnalyzer.Core.Templates.Selectors;

/// <summary>
/// Finds the selectors of a query: https://prometheus.io/docs/prometheus/latest/querying/basics/. It knows no precedence and no functions, only where a name must be a
/// metric's, where it can be none, and refuses all else.
/// </summary>
internal sealed class SeriesQueryParser(string query)
{
    private static readonly string[] Grouping = ["by", "without", "on", "ignoring", "group_left", "group_right"];
    private static readonly string[] Between = ["and", "or", "unless", "atan2"];
    private static readonly string[] Aggregations =
        ["sum", "min", "max", "avg", "group", "stddev", "stdvar", "count", "count_values", "bottomk", "topk", "quantile", "limitk", "limit_ratio"];

    private readonly ImmutableArray<string>.Builder _between = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<SeriesSelector>.Builder _selectors = ImmutableArray.CreateBuilder<SeriesSelector>();
    private readonly Stack<int> _open = [];
    private readonly StringBuilder _text = new();
    private string _query = query;
    private string _error = "";
    private int _at;

    /// <summary>Whether what was read last is a value, after which only an operator, a modifier or the end can follow.</summary>
    private bool _afterValue;

    public SeriesQuery? Query(out string error)
    {
        BlankComments();
        _at = 0;
        while (_error.Length == 0 && _at < _query.Length) ReadToken();
        if (_error.Length == 0 && _open.TryPeek(out var open)) Refuse("the ( that opens here is not closed", open);
        if (_error.Length == 0 && !_afterValue) Refuse("the query ends too early");
        if (_error.Length == 0 && _selectors.Count == 0) Refuse("the query reads no series: name a metric", 0);
        error = _error;
        _between.Add(_text.ToString());
        return _error.Length == 0 ? new SeriesQuery(_between.ToImmutable(), _selectors.ToImmutable()) : null;
    }

    private void ReadToken()
    {
        var letter = _query[_at];
        if (char.IsWhiteSpace(letter)) Copy(1);
        else if (letter is '"' or '\'' or '`') Value(StringEnd(_at));
        else if (char.IsAsciiDigit(letter) || (letter == '.' && char.IsAsciiDigit(Peek(1)))) Value(NumberEnd(_at));
        else if (SelectorText.IsStart(letter, colons: true)) ReadWord();
        else if (letter == '{') ReadSelector(_at);
        else ReadSign(letter);
    }

    private void ReadSign(char letter)
    {
        switch (letter)
        {
            case '(' when !_afterValue:
                _open.Push(_at);
                Copy(1);
                return;
            case ')' when _open.Count > 0 && (_afterValue || LastLetter() == '('):
                _open.Pop();
                Copy(1);
                _afterValue = true;
                return;
            case ',' when _open.Count > 0 && _afterValue:
            case '@' when _afterValue:
            case '+' or '-':
            case '*' or '/' or '%' or '^' when _afterValue:
                Operator(1);
                return;
            case '=' or '!' or '<' or '>' when _afterValue && Comparison() is var length and > 0:
                Operator(length);
                return;
            case '[' when _afterValue:
                ReadRange();
                return;
            default:
                Refuse(_afterValue && letter == '(' ? "an operator is missing before this (" : $"'{letter}' can't stand here");
                return;
        }
    }

    private void ReadWord()
    {
        var end = WordEnd(_at);
        var word = _query[_at..end].ToLowerInvariant();
        var next = NextLetter(end);
        if (next == '{') ReadSelector(_at);
        else if (next == '(' && Grouping.Contains(word, StringComparer.Ordinal)) ReadLabels(end);
        else if (!_afterValue && word is "group_left" or "group_right" or "bool" && _selectors.Count > 0) Copy(end - _at);
        else if (_afterValue && (word == "offset" || Between.Contains(word, StringComparer.Ordinal))) Operator(end - _at);
        else if (word is "inf" or "nan") Value(end);
        else if (next == '(' || (Aggregations.Contains(word, StringComparer.Ordinal) && NextWord(end) is "by" or "without")) ReadFunction(end);
        else ReadSelector(_at);
    }

    private void ReadFunction(int end)
    {
        if (_afterValue) RefuseSecondValue();
        else Copy(end - _at);
    }

    private void ReadSelector(int start)
    {
        var end = SelectorText.IsStart(_query[start], colons: true) ? WordEnd(start) : start;
        var brace = SkipSpace(end);
        if (brace < _query.Length && _query[brace] == '{') end = BraceEnd(brace);
        if (_error.Length > 0) return;
        if (_afterValue)
        {
            RefuseSecondValue();
            return;
        }

        if (new SelectorParser(_query[start..end], start).Selector(out var error) is not { } selector)
        {
            _error = error;
            return;
        }

        _between.Add(_text.ToString());
        _text.Clear();
        _selectors.Add(selector);
        (_at, _afterValue) = (end, true);
    }

    /// <summary>Copies <c>by (a, b)</c> and the like, in which names are labels.</summary>
    private void ReadLabels(int end)
    {
        var close = SkipSpace(end) + 1;
        while (close < _query.Length && _query[close] != ')')
        {
            var letter = _query[close];
            if (letter is '"' or '\'' or '`') close = StringEnd(close);
            else if (SelectorText.IsPart(letter, colons: false) || letter == ',' || char.IsWhiteSpace(letter)) close++;
            else Refuse("only labels, parted by commas, can stand in this list", close);
            if (_error.Length > 0) return;
        }

        if (close >= _query.Length) Refuse("the ( that opens here is not closed", SkipSpace(end));
        else Copy(close + 1 - _at);
    }

    private void ReadRange()
    {
        var close = _query.IndexOf(']', _at);
        if (close < 0)
        {
            Refuse("the [ that opens here is not closed");
            return;
        }

        for (var i = _at + 1; i < close; i++)
        {
            if (!char.IsAsciiLetterOrDigit(_query[i]) && !char.IsWhiteSpace(_query[i]) && !".:+-*/()".Contains(_query[i]))
            {
                Refuse($"only durations such as 5m can stand between brackets, not '{_query[i]}'", i);
                return;
            }
        }

        Copy(close + 1 - _at);
    }

    /// <summary>Puts spaces into the place of comments, so that all else stays where it is.</summary>
    private void BlankComments()
    {
        var blank = _query.ToCharArray();
        for (var i = 0; i < blank.Length && _error.Length == 0; i++)
        {
            if (blank[i] is '"' or '\'' or '`') i = StringEnd(i) - 1;
            if (_error.Length > 0 || blank[i] != '#') continue;
            for (; i < blank.Length && blank[i] != '\n'; i++) blank[i] = ' ';
        }

        _query = new string(blank);
    }

    private int StringEnd(int start)
    {
        for (var i = start + 1; i < _query.Length; i++)
        {
            if (_query[i] == _query[start]) return i + 1;
            if (_query[i] == '\\' && _query[start] != '`') i++;
        }

        Refuse("the quote that opens here is not closed", start);
        return _query.Length;
    }

    private int BraceEnd(int start)
    {
        for (var i = start + 1; i < _query.Length; i++)
        {
            if (_query[i] == '}') return i + 1;
            if (_query[i] is '"' or '\'' or '`') i = StringEnd(i) - 1;
        }

        Refuse("the { that opens here is not closed", start);
        return _query.Length;
    }

    /// <summary>The end of a number or a duration: <c>1e-3</c>, <c>0x1F</c>, <c>1h30m</c>.</summary>
    private int NumberEnd(int start)
    {
        var isHex = start + 1 < _query.Length && _query[start] == '0' && _query[start + 1] is 'x' or 'X';
        var i = start;
        while (i < _query.Length && (char.IsAsciiLetterOrDigit(_query[i]) || _query[i] is '.' or '_' || (!isHex && _query[i] is '+' or '-' && _query[i - 1] is 'e' or 'E'))) i++;
        return i;
    }

    private int WordEnd(int start)
    {
        var i = start;
        while (i < _query.Length && SelectorText.IsPart(_query[i], colons: true)) i++;
        return i;
    }

    private int SkipSpace(int start)
    {
        var i = start;
        while (i < _query.Length && char.IsWhiteSpace(_query[i])) i++;
        return i;
    }

    private string NextWord(int start)
    {
        var from = SkipSpace(start);
        return _query[from..WordEnd(from)].ToLowerInvariant();
    }

    private int Comparison() => (_query[_at], Peek(1)) switch
    {
        ('=' or '!' or '<' or '>', '=') => 2,
        ('<' or '>', _) => 1,
        _ => 0,
    };

    private char NextLetter(int start) => SkipSpace(start) is var at && at < _query.Length ? _query[at] : '\0';

    private char LastLetter() => _text.ToString().TrimEnd() is { Length: > 0 } before ? before[^1] : '\0';

    private char Peek(int ahead) => _at + ahead < _query.Length ? _query[_at + ahead] : '\0';

    private void Value(int end)
    {
        if (_error.Length > 0) return;
        if (_afterValue) RefuseSecondValue();
        else Copy(end - _at);
        _afterValue = true;
    }

    private void Operator(int length)
    {
        Copy(length);
        _afterValue = false;
    }

    private void Copy(int length)
    {
        _text.Append(_query, _at, length);
        _at += length;
    }

    private void RefuseSecondValue()
    {
        var rest = _query.Length - _at > 20 ? string.Concat(_query.AsSpan(_at, 20), "…") : _query[_at..];
        Refuse($"an operator is missing before '{rest}'");
    }

    private void Refuse(string message, int? at = null)
    {
        if (_error.Length == 0) _error = string.Create(CultureInfo.InvariantCulture, $"at character {(at ?? _at) + 1}: {message}");
    }
}
