namespace CanaryAnalyzer.Core.Expressions;

/// <summary>
/// Finds, before anything is evaluated, what can only fail: comparisons between kinds that are never equal, as expr-lang's checker does. What may be right is not
/// refused.
/// </summary>
internal sealed class KindCheck
{
    private static readonly (string Operators, ValueKinds Left, ValueKinds Right, ValueKinds Gives)[] Calculations =
    [
        ("+ - * / % **", ValueKinds.Number, ValueKinds.Number, ValueKinds.Number),
        ("+", ValueKinds.String, ValueKinds.String, ValueKinds.String),
        ("+ -", ValueKinds.Duration, ValueKinds.Duration, ValueKinds.Duration),
        ("+ -", ValueKinds.Time, ValueKinds.Duration, ValueKinds.Time),
        ("+", ValueKinds.Duration, ValueKinds.Time, ValueKinds.Time),
        ("-", ValueKinds.Time, ValueKinds.Time, ValueKinds.Duration),
        ("* /", ValueKinds.Duration, ValueKinds.Number, ValueKinds.Duration),
        ("*", ValueKinds.Number, ValueKinds.Duration, ValueKinds.Duration),
        ("/", ValueKinds.Duration, ValueKinds.Duration, ValueKinds.Number),
    ];

    private readonly Dictionary<string, StaticKind> _variables = new(StringComparer.Ordinal);
    private readonly Stack<ValueKinds> _elements = new();

    private KindCheck(ResultShape shape) => _variables["result"] = shape switch
    {
        ResultShape.Numbers => new StaticKind(ValueKinds.Array, ValueKinds.Number),
        ResultShape.NumberOrNumbers => new StaticKind(ValueKinds.Number | ValueKinds.Array, ValueKinds.Number),
        _ => StaticKind.Any,
    };

    /// <summary>What the expression may give.</summary>
    /// <exception cref="ExpressionException">It can't give anything: something in it is between kinds that don't go together.</exception>
    public static StaticKind Of(Node node, ResultShape shape) => new KindCheck(shape).Kind(node);

    private StaticKind Kind(Node node) => node switch
    {
        Node.Literal literal => new StaticKind(UnlikeKinds.Of(literal.Value)),
        Node.Variable variable => _variables.GetValueOrDefault(variable.Name, StaticKind.Any),
        Node.Pointer { Name: "" } => new StaticKind(_elements.TryPeek(out var element) ? element : ValueKinds.Any),
        Node.Pointer { Name: "index" } => new StaticKind(ValueKinds.Number),
        Node.List list => new StaticKind(ValueKinds.Array, list.Items.IsEmpty ? ValueKinds.Any : list.Items.Select(Kind).ToList().Aggregate(ValueKinds.None, (all, one) => all | one.Own)),
        Node.Map map => Unknown(map) with { Own = ValueKinds.Map },
        Node.Unary unary => Unary(unary),
        Node.Binary binary => Binary(binary),
        Node.Choice choice => Choice(choice),
        Node.Member member => Member(member),
        Node.Chain chain => Kind(chain.Of).Or(new StaticKind(ValueKinds.Nil)),
        Node.Slice slice => Parts(slice)[0],
        Node.Call call => Call(call),
        Node.Let let => Let(let),
        _ => Unknown(node),
    };

    private StaticKind Unknown(Node node)
    {
        Parts(node);
        return StaticKind.Any;
    }

    private List<StaticKind> Parts(Node node) => [.. node.Parts.Select(Kind)];

    private StaticKind Unary(Node.Unary unary)
    {
        if (unary.Operator == "not") return Truth(unary.Operand, "not");
        var operand = Kind(unary.Operand);
        var can = unary.Operator == "-" ? ValueKinds.Number | ValueKinds.Duration : ValueKinds.Number;
        return operand.May(can) ? new StaticKind(operand.Own & can) : throw new ExpressionException(unary.At, $"{unary.Operator} needs a number, not {UnlikeKinds.Name(operand.Own, unary.Operand)}");
    }

    private StaticKind Truth(Node node, string what)
    {
        var kind = Kind(node);
        return kind.May(ValueKinds.Bool) ? new StaticKind(ValueKinds.Bool) : throw new ExpressionException(node.At, $"{what} needs true or false, not {UnlikeKinds.Name(kind.Own, node)}");
    }

    private StaticKind Binary(Node.Binary binary)
    {
        if (binary.Operator is "and" or "or")
        {
            Truth(binary.Left, binary.Operator);
            return Truth(binary.Right, binary.Operator);
        }

        var (left, right) = (Kind(binary.Left), Kind(binary.Right));
        switch (binary.Operator)
        {
            case "==" or "!=":
                return Comparison(binary, left.Own, right.Own, UnlikeKinds.CanBeEqual(left.Own, right.Own));
            case "<" or ">" or "<=" or ">=":
                return Comparison(binary, left.Own, right.Own, UnlikeKinds.HaveOrder(left.Own, right.Own));
            case "in":
                return Membership(binary, left, right);
            case "contains" or "startsWith" or "endsWith" or "matches":
                return Between(binary, left, right, left.May(ValueKinds.String) && right.May(ValueKinds.String), ValueKinds.Bool);
            case "..":
                return new StaticKind(ValueKinds.Array, ValueKinds.Number);
            case "??":
                return left.May(ValueKinds.Nil) ? left.Or(right) : left;
            default:
                var gives = Calculations.Where(one => one.Operators.Split(' ').Contains(binary.Operator) && left.May(one.Left) && right.May(one.Right))
                    .Aggregate(ValueKinds.None, (all, one) => all | one.Gives);
                return Between(binary, left, right, gives != ValueKinds.None, gives);
        }
    }

    private static StaticKind Comparison(Node.Binary binary, ValueKinds left, ValueKinds right, bool can) => can
        ? new StaticKind(ValueKinds.Bool)
        : throw new ExpressionException(
            binary.At, $"{binary.Operator} can't compare {UnlikeKinds.Name(left, binary.Left)} with {UnlikeKinds.Name(right, binary.Right)}{UnlikeKinds.Hint(left, right, binary)}");

    private static StaticKind Between(Node.Binary binary, StaticKind left, StaticKind right, bool can, ValueKinds gives) => can
        ? new StaticKind(gives)
        : throw new ExpressionException(
            binary.At,
            $"{binary.Operator} can't be used between {UnlikeKinds.Name(left.Own, binary.Left)} and {UnlikeKinds.Name(right.Own, binary.Right)}{(gives == ValueKinds.Bool ? "" : UnlikeKinds.Hint(left.Own, right.Own, binary))}");

    private static StaticKind Membership(Node.Binary binary, StaticKind item, StaticKind within)
    {
        var hint = UnlikeKinds.Hint(item.Own, within.Own == ValueKinds.Array ? within.Elements : within.Own, binary);
        if (!within.May(ValueKinds.Array | ValueKinds.Map | ValueKinds.Nil))
            throw new ExpressionException(binary.At, $"in needs an array or a map on its right, not {UnlikeKinds.Name(within.Own, binary.Right)}; for a part of a string write contains");
        if (within.Own == ValueKinds.Array && !UnlikeKinds.CanBeEqual(item.Own, within.Elements))
            throw new ExpressionException(binary.At, $"in can't find {UnlikeKinds.Name(item.Own, binary.Left)} in an array of {UnlikeKinds.Name(within.Elements, binary.Right)}{hint}");
        if (within.Own == ValueKinds.Map && !item.May(ValueKinds.String | ValueKinds.Nil))
            throw new ExpressionException(binary.At, $"in a map needs a string, not {UnlikeKinds.Name(item.Own, binary.Left)}");
        return new StaticKind(ValueKinds.Bool);
    }

    private StaticKind Choice(Node.Choice choice)
    {
        Truth(choice.Condition, "?");
        return Kind(choice.Then).Or(Kind(choice.Else));
    }

    private StaticKind Member(Node.Member member)
    {
        var of = Kind(member.Of);
        Kind(member.Key);
        if (!of.May(ValueKinds.Array | ValueKinds.Map | ValueKinds.String | ValueKinds.Nil))
            throw new ExpressionException(member.At, $"{UnlikeKinds.Name(of.Own, member.Of)} has no fields or elements");
        var gives = ValueKinds.None;
        if (of.May(ValueKinds.Array)) gives |= of.Elements;
        if (of.May(ValueKinds.String)) gives |= ValueKinds.String;
        if (of.May(ValueKinds.Map)) gives = ValueKinds.Any;
        if (member.Optional || of.May(ValueKinds.Nil)) gives |= ValueKinds.Nil;
        return new StaticKind(gives);
    }

    private StaticKind Call(Node.Call call)
    {
        var kinds = new List<StaticKind>();
        foreach (var argument in call.Arguments) kinds.Add(argument is Node.Closure closure ? Closure(call, closure, kinds[0]) : Kind(argument));
        return FunctionKinds.Of(call.Name, kinds);
    }

    private StaticKind Closure(Node.Call call, Node.Closure closure, StaticKind items)
    {
        _elements.Push(items.May(ValueKinds.Array) ? items.Elements : ValueKinds.Any);
        var gives = Kind(closure.Body);
        _elements.Pop();
        if (FunctionKinds.NeedsTruth(call.Name) && !gives.May(ValueKinds.Bool))
            throw new ExpressionException(closure.At, $"{call.Name}() needs true or false for each element, not {UnlikeKinds.Name(gives.Own, closure.Body)}");
        return gives;
    }

    private StaticKind Let(Node.Let let)
    {
        _variables[let.Name] = Kind(let.Value);
        var gives = Kind(let.Body);
        _variables.Remove(let.Name);
        return gives;
    }
}
