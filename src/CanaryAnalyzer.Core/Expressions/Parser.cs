using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Reads tokens by operator precedence (Pratt), with the bindings of expr-lang 1.17.</summary>
internal sealed class Parser
{
    public const int DeepestNesting = 60;
    public const int DeepestTree = 250;

    private readonly TokenCursor _tokens;
    private readonly List<string> _variables;
    private int _nesting;
    private int _closures;

    private Parser(List<Token> tokens, IEnumerable<string> variables)
    {
        _tokens = new TokenCursor(tokens);
        _variables = [.. variables];
    }

    public static Node Parse(string text, IEnumerable<string> variables)
    {
        var parser = new Parser(Lexer.Read(text), variables);
        if (parser.Current.Kind == TokenKind.End) throw new ExpressionException(0, "an expression must stand here, such as result[0] >= 0.95");
        var node = parser.Expression(0);
        if (parser.Current.Is("=")) throw new ExpressionException(parser.Current.At, "'=' compares nothing; write ==");
        if (parser.Current.Kind != TokenKind.End) throw parser._tokens.Unexpected("an operator or the end");
        return node;
    }

    private Token Current => _tokens.Current;

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
            var negated = token.Is("not") && Operators.CanBeNegated(_tokens.Following.Text);
            if (negated) token = _tokens.Following;
            if (!Operators.TryBind(token, out var found) || found < binding) return left;
            if (negated) _tokens.Take();
            _tokens.Take();
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
            token = _tokens.Take();
        }
    }

    private Node Conditional(Node condition)
    {
        while (Current.Is("?"))
        {
            var at = _tokens.Take().At;
            // `a ?: b` is a itself, or b.
            var then = Current.Is(":") ? condition : Expression(0);
            _tokens.Expect(":");
            condition = Make(new Node.Choice(at, condition, then, Expression(0)));
        }

        return condition;
    }

    private Node Let()
    {
        var at = _tokens.Take().At;
        var name = _tokens.Name("a variable's name");
        if (_variables.Contains(name.Text)) throw new ExpressionException(name.At, $"{name.Text} is a variable already");
        if (Functions.Exists(name.Text)) throw new ExpressionException(name.At, $"{name.Text} is a function; pick another name");
        _tokens.Expect("=");
        var value = Expression(0);
        _tokens.Expect(";");
        _variables.Add(name.Text);
        var body = Expression(0);
        _variables.RemoveAt(_variables.Count - 1);
        return Make(new Node.Let(at, name.Text, value, body));
    }

    private Node Pipe(Node first)
    {
        var name = _tokens.Name("a function's name after |");
        return Postfix(Call(name, first));
    }

    private Node Prefix()
    {
        var token = Current;
        if (token.Is("not") || token.Is("!") || token.Is("-") || token.Is("+"))
        {
            _tokens.Take();
            var operand = Expression(token.Text is "-" or "+" ? Operators.Sign : Operators.Not);
            return Postfix(Make(new Node.Unary(token.At, Operators.Canonical(token.Text), operand)));
        }

        if (token.Is("("))
        {
            _tokens.Take();
            var inner = Expression(0);
            _tokens.Expect(")");
            return Postfix(inner);
        }

        if (token.Is("#") && _closures > 0)
        {
            _tokens.Take();
            var named = Current is { Kind: TokenKind.Name, Text: "acc" or "index" } && Current.At == token.At + 1;
            return Postfix(Make(new Node.Pointer(token.At, named ? _tokens.Take().Text : "")));
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
            _tokens.Take();
            return Postfix(Make(new Node.Literal(token.At, token.Kind == TokenKind.Number ? token.Value : token.Text)));
        }

        if (token.Kind != TokenKind.Name || Operators.TryBind(token, out _)) throw _tokens.Unexpected("a value");
        _tokens.Take();
        if (token.Text is "true" or "false") return Make(new Node.Literal(token.At, token.Text == "true"));
        if (token.Text == "nil") return Postfix(Make(new Node.Literal(token.At, null)));
        if (Current.Is("(")) return Postfix(Call(token, null));
        if (token.Text == "$env" || _variables.Contains(token.Text)) return Postfix(Make(new Node.Variable(token.At, token.Text)));
        if (Functions.Exists(token.Text)) throw new ExpressionException(token.At, $"{token.Text} is a function; write {token.Text}(…)");
        throw TokenCursor.Unknown(token, "name", _variables.Concat(Functions.Names));
    }

    private Node List()
    {
        var at = _tokens.Take().At;
        return Make(new Node.List(at, [.. _tokens.Items("]", () => Expression(0))]));
    }

    private Node Map()
    {
        var at = _tokens.Take().At;
        return Make(new Node.Map(at, [.. _tokens.Items("}", Pair)]));
    }

    private (Node Key, Node Value) Pair()
    {
        var token = Current;
        Node key;
        if (token.Is("("))
        {
            _tokens.Take();
            key = Expression(0);
            _tokens.Expect(")");
        }
        else
        {
            if (token.Kind is not (TokenKind.Name or TokenKind.Text or TokenKind.Number)) throw _tokens.Unexpected("a key");
            _tokens.Take();
            key = Make(new Node.Literal(token.At, token.Text));
        }

        _tokens.Expect(":");
        return (key, Expression(0));
    }

    private Node Call(Token name, Node? first)
    {
        if (!Functions.Exists(name.Text)) throw TokenCursor.Unknown(name, "function", Functions.Names);
        _tokens.Expect("(");
        var arguments = first is null ? [] : new List<Node> { first };
        _tokens.Items(")", () =>
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
        if (braces) _tokens.Take();
        _closures++;
        var body = Expression(0);
        _closures--;
        if (braces) _tokens.Expect("}");
        return Make(new Node.Closure(at, body));
    }

    private Node Postfix(Node node)
    {
        var optional = false;
        while (Current.Is(".") || Current.Is("?.") || Current.Is("["))
        {
            var token = _tokens.Take();
            var skips = token.Text == "?.";
            optional |= skips;
            if (token.Text == "[" || (skips && Current.Is("[")))
            {
                if (skips) _tokens.Take();
                node = Bracket(node, token.At, skips);
                continue;
            }

            var name = _tokens.Name("a field's name");
            node = Make(Current.Is("(")
                ? new Node.Method(name.At, node, name.Text, MethodArguments(name), skips)
                : new Node.Member(name.At, node, Make(new Node.Literal(name.At, name.Text)), skips));
        }

        return optional ? Make(new Node.Chain(node.At, node)) : node;
    }

    private ImmutableArray<Node> MethodArguments(Token name)
    {
        if (!Methods.Exists(name.Text)) throw TokenCursor.Unknown(name, "method", Methods.Names);
        _tokens.Take();
        return [.. _tokens.Items(")", () => Expression(0))];
    }

    private Node Bracket(Node of, int at, bool optional)
    {
        var from = Current.Is(":") ? null : Expression(0);
        if (!Current.Is(":"))
        {
            _tokens.Expect("]");
            return Make(new Node.Member(at, of, from!, optional));
        }

        _tokens.Take();
        var to = Current.Is("]") ? null : Expression(0);
        _tokens.Expect("]");
        return Make(new Node.Slice(at, of, from, to));
    }

    private static Node Make(Node node)
    {
        var depth = 1 + node.Parts.Select(part => part.Depth).DefaultIfEmpty(0).Max();
        if (depth > DeepestTree) throw new ExpressionException(node.At, $"the expression has more than {DeepestTree} levels");
        return node with { Depth = depth };
    }
}
