using System.Collections.Immutable;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Reads tokens by operator precedence (Pratt), with the bindings of expr-lang 1.17.</summary>
internal sealed class Parser
{
    public const int DeepestNesting = 60;
    public const int DeepestTree = 250;

    private readonly List<Token> _tokens;
    private readonly List<string> _variables;
    private int _next;
    private int _nesting;
    private int _closures;

    private Parser(List<Token> tokens, IEnumerable<string> variables)
    {
        _tokens = tokens;
        _variables = [.. variables];
    }

    public static Node Parse(string text, IEnumerable<string> variables)
    {
        var parser = new Parser(Lexer.Read(text), variables);
        if (parser.Current.Kind == TokenKind.End) throw new ExpressionException(0, "an expression must stand here, such as result[0] >= 0.95");
        var node = parser.Expression(0);
        if (parser.Current.Is("=")) throw new ExpressionException(parser.Current.At, "'=' compares nothing; write ==");
        if (parser.Current.Kind != TokenKind.End) throw parser.Unexpected("an operator or the end");
        return node;
    }

    private Token Current => _tokens[_next];

    private Node Expression(int binding)
    {
        if (++_nesting > DeepestNesting) throw new ExpressionException(Current.At, $"the expression is nested more than {DeepestNesting} levels deep");
        var left = binding == 0 && Current.Is("let") ? Let() : Operation(Prefix(), binding);
        if (binding == 0) left = Conditional(left);
        _nesting--;
        return left;
    }

    private Node Operation(Node left, int binding)
    {
        var previous = "";
        while (true)
        {
            var token = Current;
            var negated = token.Is("not") && Operators.CanBeNegated(_tokens[_next + 1].Text);
            if (negated) token = _tokens[_next + 1];
            if (!Operators.TryBind(token, out var found) || found < binding) return left;
            _next += negated ? 2 : 1;
            if (token.Text == "|")
            {
                left = Pipe(left);
                continue;
            }

            if (previous == "??" && token.Text != "??") throw new ExpressionException(token.At, $"?? and {token.Text} don't mix; put one of them in parentheses");
            left = Operators.IsComparison(token.Text) ? Comparison(left, token, found) : Binary(left, token, found);
            if (negated) left = Make(new Node.Unary(token.At, "not", left));
            previous = token.Text;
        }
    }

    private Node Binary(Node left, Token token, int binding)
    {
        var right = Expression(Operators.IsRightToLeft(token.Text) ? binding : binding + 1);
        return Make(new Node.Binary(token.At, Operators.Canonical(token.Text), left, right));
    }

    /// <summary><c>1 &lt; x &lt; 3</c> means <c>1 &lt; x and x &lt; 3</c>.</summary>
    private Node Comparison(Node left, Token token, int binding)
    {
        Node? all = null;
        while (true)
        {
            var right = Expression(binding + 1);
            var one = Make(new Node.Binary(token.At, token.Text, left, right));
            all = all is null ? one : Make(new Node.Binary(token.At, "and", all, one));
            if (Current.Kind != TokenKind.Symbol || !Operators.IsComparison(Current.Text)) return all;
            left = right;
            token = Take();
        }
    }

    private Node Conditional(Node condition)
    {
        while (Current.Is("?"))
        {
            var at = Take().At;
            // `a ?: b` is a itself, or b.
            var then = Current.Is(":") ? condition : Expression(0);
            Expect(":");
            condition = Make(new Node.Choice(at, condition, then, Expression(0)));
        }

        return condition;
    }

    private Node Let()
    {
        var at = Take().At;
        var name = Name("a variable's name");
        if (_variables.Contains(name.Text)) throw new ExpressionException(name.At, $"{name.Text} is a variable already");
        if (Functions.Exists(name.Text)) throw new ExpressionException(name.At, $"{name.Text} is a function; pick another name");
        Expect("=");
        var value = Expression(0);
        Expect(";");
        _variables.Add(name.Text);
        var body = Expression(0);
        _variables.RemoveAt(_variables.Count - 1);
        return Make(new Node.Let(at, name.Text, value, body));
    }

    private Node Pipe(Node first)
    {
        var name = Name("a function's name after |");
        return Postfix(Call(name, first));
    }

    private Node Prefix()
    {
        var token = Current;
        if (token.Is("not") || token.Is("!") || token.Is("-") || token.Is("+"))
        {
            Take();
            var operand = Expression(token.Text is "-" or "+" ? Operators.Sign : Operators.Not);
            return Postfix(Make(new Node.Unary(token.At, Operators.Canonical(token.Text), operand)));
        }

        if (token.Is("("))
        {
            Take();
            var inner = Expression(0);
            Expect(")");
            return Postfix(inner);
        }

        if (token.Is("#") && _closures > 0)
        {
            Take();
            var named = Current is { Kind: TokenKind.Name, Text: "acc" or "index" } && Current.At == token.At + 1;
            return Postfix(Make(new Node.Pointer(token.At, named ? Take().Text : "")));
        }

        // `.field` is the element's field.
        if (token.Is(".") && _closures > 0) return Postfix(Make(new Node.Pointer(token.At, "")));
        if (token.Is("#") || token.Is(".")) throw new ExpressionException(token.At, $"'{token.Text}' stands for an element, and only within functions such as all(result, # > 1)");
        return Primary(token);
    }

    private Node Primary(Token token)
    {
        if (token.Is("[")) return Postfix(List());
        if (token.Is("{")) return Postfix(Map());
        if (token.Kind is TokenKind.Number or TokenKind.Text)
        {
            Take();
            return Postfix(Make(new Node.Literal(token.At, token.Kind == TokenKind.Number ? token.Value : token.Text)));
        }

        if (token.Kind != TokenKind.Name || Operators.TryBind(token, out _)) throw Unexpected("a value");
        Take();
        if (token.Text is "true" or "false") return Make(new Node.Literal(token.At, token.Text == "true"));
        if (token.Text == "nil") return Postfix(Make(new Node.Literal(token.At, null)));
        if (Current.Is("(")) return Postfix(Call(token, null));
        if (token.Text == "$env" || _variables.Contains(token.Text)) return Postfix(Make(new Node.Variable(token.At, token.Text)));
        if (Functions.Exists(token.Text)) throw new ExpressionException(token.At, $"{token.Text} is a function; write {token.Text}(…)");
        throw Unknown(token, "name", _variables.Concat(Functions.Names));
    }

    private Node List()
    {
        var at = Take().At;
        return Make(new Node.List(at, [.. Items("]", () => Expression(0))]));
    }

    private Node Map()
    {
        var at = Take().At;
        return Make(new Node.Map(at, [.. Items("}", Pair)]));
    }

    private (Node Key, Node Value) Pair()
    {
        var token = Current;
        Node key;
        if (token.Is("("))
        {
            Take();
            key = Expression(0);
            Expect(")");
        }
        else
        {
            if (token.Kind is not (TokenKind.Name or TokenKind.Text or TokenKind.Number)) throw Unexpected("a key");
            Take();
            key = Make(new Node.Literal(token.At, token.Text));
        }

        Expect(":");
        return (key, Expression(0));
    }

    private List<T> Items<T>(string end, Func<T> read)
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

    private Node Call(Token name, Node? first)
    {
        if (!Functions.Exists(name.Text)) throw Unknown(name, "function", Functions.Names);
        Expect("(");
        var arguments = first is null ? [] : new List<Node> { first };
        Items(")", () =>
        {
            arguments.Add(Functions.TakesClosure(name.Text, arguments.Count) ? Closure() : Expression(0));
            return 0;
        });
        if (Functions.WrongCount(name.Text, arguments.Count) is { } wrong) throw new ExpressionException(name.At, wrong);
        return Make(new Node.Call(name.At, name.Text, [.. arguments]));
    }

    private Node Closure()
    {
        var at = Current.At;
        var braces = Current.Is("{");
        if (braces) Take();
        _closures++;
        var body = Expression(0);
        _closures--;
        if (braces) Expect("}");
        return Make(new Node.Closure(at, body));
    }

    private Node Postfix(Node node)
    {
        var optional = false;
        while (Current.Is(".") || Current.Is("?.") || Current.Is("["))
        {
            var token = Take();
            var skips = token.Text == "?.";
            optional |= skips;
            if (token.Text == "[" || (skips && Current.Is("[")))
            {
                if (skips) Take();
                node = Bracket(node, token.At, skips);
                continue;
            }

            var name = Name("a field's name");
            node = Make(Current.Is("(")
                ? new Node.Method(name.At, node, name.Text, MethodArguments(name), skips)
                : new Node.Member(name.At, node, Make(new Node.Literal(name.At, name.Text)), skips));
        }

        return optional ? Make(new Node.Chain(node.At, node)) : node;
    }

    private ImmutableArray<Node> MethodArguments(Token name)
    {
        if (!Methods.Exists(name.Text)) throw Unknown(name, "method", Methods.Names);
        Take();
        return [.. Items(")", () => Expression(0))];
    }

    private Node Bracket(Node of, int at, bool optional)
    {
        var from = Current.Is(":") ? null : Expression(0);
        if (!Current.Is(":"))
        {
            Expect("]");
            return Make(new Node.Member(at, of, from!, optional));
        }

        Take();
        var to = Current.Is("]") ? null : Expression(0);
        Expect("]");
        return Make(new Node.Slice(at, of, from, to));
    }

    private static Node Make(Node node)
    {
        var depth = 1 + node.Parts.Select(part => part.Depth).DefaultIfEmpty(0).Max();
        if (depth > DeepestTree) throw new ExpressionException(node.At, $"the expression has more than {DeepestTree} levels");
        return node with { Depth = depth };
    }

    private Token Take() => _tokens[_next++];

    private Token Name(string wanted) => Current.Kind == TokenKind.Name ? Take() : throw Unexpected(wanted);

    private void Expect(string symbol)
    {
        if (!Current.Is(symbol)) throw Unexpected($"'{symbol}'");
        Take();
    }

    private ExpressionException Unexpected(string wanted) => new(Current.At, $"{wanted} must stand here, not {Current.Describe()}");

    private static ExpressionException Unknown(Token name, string what, IEnumerable<string> known)
    {
        var meant = NearestWord.Of(name.Text, known);
        return new ExpressionException(name.At, $"unknown {what} \"{name.Text}\"" + (meant is null ? "" : $"; did you mean \"{meant}\"?"));
    }
}
