using System.Text.RegularExpressions;
using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Evaluates a parsed expression once, within the bounds of its context.</summary>
internal sealed class Evaluator(EvaluationContext context, IReadOnlyDictionary<string, object?> variables)
{
    private static readonly object Nothing = new();
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, object?> _locals = new(StringComparer.Ordinal);
    private readonly Stack<Element> _elements = new();

    public EvaluationContext Context => context;

    public object? Evaluate(Node node)
    {
        context.At = node.At;
        context.Step();
        return node switch
        {
            Node.Literal literal => literal.Value,
            Node.Variable variable => Variable(variable),
            Node.Pointer pointer => Pointer(pointer),
            Node.List list => List(list),
            Node.Map map => Map(map),
            Node.Unary unary => Unary(unary),
            Node.Binary binary => Binary(binary),
            Node.Choice choice => Evaluate(Truth(choice.Condition, "?") ? choice.Then : choice.Else),
            Node.Member member => Member(member),
            Node.Chain chain => Evaluate(chain.Of) is var found && ReferenceEquals(found, Nothing) ? null : found,
            Node.Slice slice => Slice(slice),
            Node.Method method => Method(method),
            Node.Call call => Call(call),
            Node.Let let => Let(let),
            _ => throw context.Fail("this can't be evaluated"),
        };
    }

    /// <summary>The value of a closure for one element.</summary>
    public object? Apply(Node.Closure closure, Element element)
    {
        _elements.Push(element);
        try
        {
            return Evaluate(closure.Body);
        }
        finally
        {
            _elements.Pop();
        }
    }

    private object? Variable(Node.Variable variable)
    {
        if (variable.Name == "$env") return variables;
        return _locals.TryGetValue(variable.Name, out var local) ? local : variables.GetValueOrDefault(variable.Name);
    }

    private object? Pointer(Node.Pointer pointer)
    {
        var element = _elements.Peek();
        return pointer.Name switch
        {
            "" => element.Value,
            "index" => element.Index,
            _ => element.HasAccumulated ? element.Accumulated : throw context.Fail("#acc is known within reduce only"),
        };
    }

    private object?[] List(Node.List list)
    {
        context.Produce(list.Items.Length);
        return [.. list.Items.Select(Evaluate)];
    }

    private SortedDictionary<string, object?> Map(Node.Map map)
    {
        context.Produce(map.Pairs.Length);
        var made = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Pairs) made[Text(context, Evaluate(key), "a map's key")] = Evaluate(value);
        return made;
    }

    private object? Let(Node.Let let)
    {
        _locals[let.Name] = Evaluate(let.Value);
        try
        {
            return Evaluate(let.Body);
        }
        finally
        {
            _locals.Remove(let.Name);
        }
    }

    private object Unary(Node.Unary unary)
    {
        if (unary.Operator == "not") return !Truth(unary.Operand, "not");
        var value = Evaluate(unary.Operand);
        context.At = unary.At;
        if (unary.Operator == "-") return Arithmetic.Negate(context, value);
        return IsNumber(value) ? value! : throw context.Fail($"+ needs a number, not {KindOf(value)}");
    }

    private object? Binary(Node.Binary binary)
    {
        switch (binary.Operator)
        {
            case "and":
                return Truth(binary.Left, "and") && Truth(binary.Right, "and");
            case "or":
                return Truth(binary.Left, "or") || Truth(binary.Right, "or");
            case "??":
                return Evaluate(binary.Left) ?? Evaluate(binary.Right);
        }

        var left = Evaluate(binary.Left);
        var right = Evaluate(binary.Right);
        context.At = binary.At;
        CheckKinds(binary, left, right);
        return binary.Operator switch
        {
            "==" => Arithmetic.AreEqual(context, left, right, "=="),
            "!=" => !Arithmetic.AreEqual(context, left, right, "!="),
            "in" => Contains(left, right),
            "contains" => Text(context, left, "contains").Contains(Text(context, right, "contains"), StringComparison.Ordinal),
            "startsWith" => Text(context, left, "startsWith").StartsWith(Text(context, right, "startsWith"), StringComparison.Ordinal),
            "endsWith" => Text(context, left, "endsWith").EndsWith(Text(context, right, "endsWith"), StringComparison.Ordinal),
            "matches" => Matches(Text(context, left, "matches"), Text(context, right, "matches")),
            ".." => Range(Whole(context, left, ".."), Whole(context, right, "..")),
            _ => Arithmetic.Apply(context, binary.Operator, left, right),
        };
    }

    private bool Truth(Node node, string what)
    {
        var value = Evaluate(node);
        if (value is bool truth) return truth;
        context.At = node.At;
        throw context.Fail($"{what} needs true or false, not {KindOf(value)}");
    }

    /// <summary>Fails, with what to write instead, where values of these kinds can't be compared.</summary>
    private void CheckKinds(Node.Binary binary, object? left, object? right)
    {
        var (one, other) = (UnlikeKinds.Of(left), UnlikeKinds.Of(right));
        var can = binary.Operator switch
        {
            "==" or "!=" => UnlikeKinds.CanBeEqual(one, other),
            "<" or ">" or "<=" or ">=" => UnlikeKinds.HaveOrder(one, other),
            _ => true,
        };
        if (!can) throw context.Fail($"{binary.Operator} can't compare {KindOf(left)} with {KindOf(right)}{UnlikeKinds.Hint(one, other, binary)}");
    }

    private bool Contains(object? item, object? within) => within switch
    {
        null => false,
        object?[] list => Contains(item, list),
        IReadOnlyDictionary<string, object?> map => item is not null && map.ContainsKey(Text(context, item, "in a map")),
        _ => throw context.Fail($"in needs an array or a map on its right, not {KindOf(within)}; for a part of a string write contains"),
    };

    private bool Contains(object? item, object?[] list)
    {
        // An array of several kinds may hold any of them; one that holds nothing of the item's kind can't be meant.
        var alike = list.Where(one => UnlikeKinds.CanBeEqual(UnlikeKinds.Of(item), UnlikeKinds.Of(one))).ToList();
        if (alike.Count == 0 && list.Length > 0) throw context.Fail($"in can't find {KindOf(item)} in an array of {KindOf(list[0])}");
        return alike.Exists(one => Arithmetic.AreEqual(context, item, one, "in"));
    }

    private bool Matches(string text, string pattern)
    {
        context.Step(1 + ((text.Length + pattern.Length) / 16));
        if (!Patterns.TryMake(pattern, out var regex, out var error, LongestMatch)) throw context.Fail(error);
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw context.Fail("matching the regular expression takes too long");
        }
    }

    private object?[] Range(long from, long to)
    {
        if (to < from) return [];
        context.Produce((decimal)to - from + 1 > EvaluationContext.MostProduced ? long.MaxValue : to - from + 1);
        var made = new object?[to - from + 1];
        for (var i = 0; i < made.Length; i++) made[i] = from + i;
        return made;
    }

    private object? Member(Node.Member member)
    {
        var of = Evaluate(member.Of);
        if (ReferenceEquals(of, Nothing) || (of is null && member.Optional)) return Nothing;
        var key = Evaluate(member.Key);
        context.At = member.At;
        return of switch
        {
            object?[] list => ListFunctions.At(context, list, Whole(context, key, "an index")),
            IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(Text(context, key, "a map's key")),
            string text => ListFunctions.LetterAt(context, text, Whole(context, key, "an index")),
            null => throw context.Fail($"there is no {Describe(key)} in nil"),
            _ => throw context.Fail($"{KindOf(of)} has no fields or elements, so no {Describe(key)}"),
        };
    }

    private object? Slice(Node.Slice slice)
    {
        var of = Evaluate(slice.Of);
        if (ReferenceEquals(of, Nothing)) return Nothing;
        var from = slice.From is null ? null : Evaluate(slice.From);
        var to = slice.To is null ? null : Evaluate(slice.To);
        context.At = slice.At;
        var length = of switch { object?[] list => list.Length, string text => text.Length, _ => throw context.Fail($"[:] needs an array or a string, not {KindOf(of)}") };
        var start = Bound(from is null ? 0 : Whole(context, from, "an index"), length);
        var end = Math.Max(start, Bound(to is null ? length : Whole(context, to, "an index"), length));
        context.Produce(end - start);
        return of is object?[] items ? items[start..end] : ((string)of)[start..end];
    }

    private static int Bound(long index, int length) => (int)Math.Clamp(index < 0 ? index + length : index, 0, length);

    private object? Method(Node.Method method)
    {
        var of = Evaluate(method.Of);
        if (ReferenceEquals(of, Nothing) || (of is null && method.Optional)) return Nothing;
        var arguments = method.Arguments.Select(Evaluate).ToArray();
        context.At = method.At;
        return Methods.Call(context, of, method.Name, arguments);
    }

    private object? Call(Node.Call call)
    {
        if (call.Arguments.Any(argument => argument is Node.Closure)) return ClosureFunctions.Call(this, call);
        var arguments = call.Arguments.Select(Evaluate).ToArray();
        context.At = call.At;
        return Functions.Call(context, call.Name, arguments);
    }
}
